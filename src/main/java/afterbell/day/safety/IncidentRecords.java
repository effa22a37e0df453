package afterbell.day.safety;

import afterbell.base.roster.ChildRecords;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Words that were written of one child. The record of an incident is of many and for the school alone, so it is in no family's copy; its notices are. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class IncidentRecords implements ChildRecords {
    private final JdbcClient sql;

    IncidentRecords(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Part<?>> copy(UUID school, UUID pupil) {
        return List.of();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {
        sql.sql("""
                update safety.words w set words_key = null, sealed = ''
                where w.school_id = :s and w.words_key is not null
                  and exists (select 1 from safety.event e where e.school_id = w.school_id and e.words_id = w.words_id and e.facts ->> 'pupil' = :p)
                """)
                .param("s", school)
                .param("p", pupil.toString())
                .update();
    }
}
