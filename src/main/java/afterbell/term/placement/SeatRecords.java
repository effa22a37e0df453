package afterbell.term.placement;

import afterbell.base.roster.ChildRecords;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a child got. Seats and draws are ids and days: they verify for ever, and nothing of them is erased. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SeatRecords implements ChildRecords {
    private final JdbcClient sql;

    SeatRecords(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public List<Line> copy(UUID school, UUID pupil) {
        return sql.sql("""
                select x.name, s.from_day, s.until_day from placement.pub_seat s join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
                where s.school_id = :s and s.pupil_id = :p order by s.from_day, x.name
                """)
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> {
                    @Nullable LocalDate until = r.getObject(3, LocalDate.class);
                    String from = r.getObject(2, LocalDate.class).toString();
                    return new Line("placement.copy.section", until == null ? "placement.copy.seat" : "placement.copy.seat_until", until == null ? List.of(r.getString(1), from) : List.of(r.getString(1), from, until.toString()), null);
                })
                .list();
    }

    @Override
    public void erase(UUID school, UUID pupil, Collection<UUID> accounts) {}
}
