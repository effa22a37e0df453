package afterbell.term.enrolment.telling;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class UnansweredStore {
    private final JdbcClient sql;

    UnansweredStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Children whose family has answered nothing that holds: also those that objected to what was entered for them. */
    Set<UUID> unanswered(UUID school, UUID round) {
        return Set.copyOf(sql.sql("""
                select p.pupil_id from roster.pub_pupil p
                where p.school_id = :s and not exists (
                    select 1 from enrolment.answer a where a.school_id = p.school_id and a.round_id = :r and a.pupil_id = p.pupil_id and not a.objected)
                """)
                .param("s", school)
                .param("r", round)
                .query(UUID.class)
                .list());
    }

    /** Schools with an open round that ends before then; only ids leave the door. */
    List<UUID> schoolsWithRoundsEnding(Instant until) {
        return sql.sql("select s from enrolment.door_due(:until) s").param("until", Timestamp.from(until)).query(UUID.class).list();
    }
}
