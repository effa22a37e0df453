package afterbell.money.billing.statements;

import afterbell.base.shared.db.Question;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Written withdrawals of children. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class StopStore {
    private final JdbcClient sql;

    StopStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The one of the term that is or comes; else of one that has ended, as long as a period of it is to be settled and its proof may still be seen. */
    static Question<Stopped> of(UUID school, UUID pupil, LocalDate today) {
        return new Question<>(
                Stopped.class,
                """
                select s.stop_id as id, s.from_day as "from", s.entered, s.reviewed, t.ends_on < :today as past from billing.stop s join calendar.pub_term t using (school_id, term_id)
                where s.school_id = :s and s.pupil_id = :p and s.withdrawn_at is null
                  and (t.ends_on >= :today
                       or exists (select 1 from billing.period p where p.school_id = s.school_id and p.term_id = s.term_id
                                  and not exists (select 1 from billing.locking k where k.school_id = p.school_id and k.period_id = p.period_id)))
                order by t.ends_on < :today, s.from_day limit 1
                """,
                Map.of("s", school, "p", pupil, "today", today));
    }

    /** @param entered from a paper, by somebody of the school. What is said anew has to be reviewed anew */
    void add(UUID school, UUID id, UUID pupil, UUID term, LocalDate from, boolean entered, UUID by, Instant at) {
        sql.sql("""
                insert into billing.stop (school_id, stop_id, pupil_id, term_id, from_day, entered, said_by, said_at) values (:s, :id, :p, :t, :from, :entered, :by, :at)
                on conflict (school_id, pupil_id, term_id) where withdrawn_at is null do update
                set from_day = excluded.from_day, entered = excluded.entered, reviewed = false, reviewed_by = null, reviewed_at = null, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("s", school)
                .param("id", id)
                .param("p", pupil)
                .param("t", term)
                .param("from", from)
                .param("entered", entered)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** The proof of a late withdrawal was seen; answers whether one waited for that. */
    boolean review(UUID school, UUID pupil, UUID stop, UUID by, Instant at) {
        return sql.sql("update billing.stop set reviewed = true, reviewed_by = :by, reviewed_at = :at where school_id = :s and pupil_id = :p and stop_id = :id and withdrawn_at is null and not reviewed")
                        .param("s", school)
                        .param("p", pupil)
                        .param("id", stop)
                        .param("by", by)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    /** Takes one back if it begins after a day; answers whether it did. */
    boolean withdraw(UUID school, UUID pupil, UUID stop, LocalDate after, Instant at) {
        return sql.sql("update billing.stop set withdrawn_at = :at where school_id = :s and pupil_id = :p and stop_id = :id and withdrawn_at is null and from_day > :after")
                        .param("s", school)
                        .param("p", pupil)
                        .param("id", stop)
                        .param("after", after)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }
}
