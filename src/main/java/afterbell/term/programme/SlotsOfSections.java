package afterbell.term.programme;

import afterbell.base.calendar.SlotUse;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Slots in which sections meet: their bells can't be taken away while they do. */
@Component
class SlotsOfSections implements SlotUse {
    private final JdbcClient sql;

    SlotsOfSections(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public Set<UUID> slotsInUse(UUID school, UUID term) {
        return sql.sql("""
                select distinct y.slot_id from programme.section_slot y join programme.section s using (school_id, section_id)
                where s.school_id = :s and s.term_id = :t and s.state <> 'withdrawn'
                """)
                .param("s", school)
                .param("t", term)
                .query(UUID.class)
                .set();
    }
}
