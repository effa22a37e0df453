package afterbell.day.custody;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A family comes late and says when (R86): the child waits in the late room, and its teachers hear it in the same transaction. */
@Component
public class LatePickups {
    private final JdbcClient sql;
    private final TellTeachers tell;
    private final Clock clock;

    LatePickups(JdbcClient sql, TellTeachers tell, Clock clock) {
        this.sql = sql;
        this.tell = tell;
        this.clock = clock;
    }

    /** The last word counts. Runs under the school's scope; whether the child is the caller's was asked before. */
    @Transactional
    public void put(UUID school, LocalDate day, UUID child, Instant expected, UUID by) {
        sql.sql("""
                insert into custody.late_pickup (school_id, day, pupil_id, expected_at, said_by, said_at) values (:s, :d, :p, :e, :by, :now)
                on conflict (school_id, day, pupil_id) do update set expected_at = excluded.expected_at, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("s", school)
                .param("d", day)
                .param("p", child)
                .param("e", Timestamp.from(expected))
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
        tell.ofLate(school, day, child, expected, by);
    }

    /** The family comes in time after all, or the child goes with its line as always. Said twice it changes nothing. */
    @Transactional
    public void withdraw(UUID school, LocalDate day, UUID child, UUID by) {
        int gone = sql.sql("delete from custody.late_pickup where school_id = :s and day = :d and pupil_id = :p").param("s", school).param("d", day).param("p", child).update();
        if (gone > 0) tell.ofInTime(school, day, child, by);
    }
}
