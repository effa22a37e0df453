package afterbell.term.enrolment;

import afterbell.base.shared.Ids;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where each sheet stands in the review chain. */
@Component
class ReviewStore {
    private final JdbcClient sql;
    private final Ids ids;

    ReviewStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** Every answered sheet of a round that has just closed stands before the first step. */
    void begin(UUID school, UUID round) {
        sql.sql("""
                insert into enrolment.review_place (school_id, round_id, pupil_id, step)
                select school_id, round_id, pupil_id, 0 from enrolment.sheet where school_id = :s and round_id = :r and takes_part is not null
                on conflict do nothing
                """)
                .param("s", school)
                .param("r", round)
                .update();
    }

    /** Moves on what stands before this step or an earlier one, returned or not. */
    void forward(UUID school, Round round, int step, Instant at) {
        List<UUID> late = sql.sql("select pupil_id from enrolment.review_place where school_id = :s and round_id = :r and step <= :step order by pupil_id for update")
                .param("s", school)
                .param("r", round.id())
                .param("step", step)
                .query(UUID.class)
                .list();
        decide(school, round, step, late, "forwarded", null, null, at);
    }

    /** Whether a sheet still stands before a step, returned or not. */
    boolean open(UUID school, Round round) {
        return sql.sql("select exists (select 1 from enrolment.review_place where school_id = :s and round_id = :r and step < :steps)")
                .param("s", school)
                .param("r", round.id())
                .param("steps", round.reviewSteps().size())
                .query(Boolean.class)
                .single();
    }

    /** @return how many stood before this step and have moved */
    int pass(UUID school, Round round, int step, List<UUID> pupils, UUID by, Instant at) {
        List<UUID> here = waiting(school, round, step, pupils);
        decide(school, round, step, here, "passed", null, by, at);
        return here.size();
    }

    List<UUID> giveBack(UUID school, Round round, int step, List<UUID> pupils, String reason, UUID by, Instant at) {
        List<UUID> here = waiting(school, round, step, pupils);
        if (here.isEmpty()) return here;
        sql.sql("update enrolment.review_place set returned_at = :at, reason = :reason where school_id = :s and round_id = :r and pupil_id = any(:p::uuid[])")
                .param("at", Timestamp.from(at))
                .param("reason", reason)
                .param("s", school)
                .param("r", round.id())
                .param("p", array(here))
                .update();
        log(school, round, step, here, "returned", reason, by, at);
        return here;
    }

    /** Those of the named sheets that stand before the step and don't wait for their family. */
    private List<UUID> waiting(UUID school, Round round, int step, List<UUID> pupils) {
        return sql.sql("""
                select v.pupil_id from enrolment.review_place v
                join enrolment.sheet s on s.school_id = v.school_id and s.round_id = v.round_id and s.pupil_id = v.pupil_id
                where v.school_id = :s and v.round_id = :r and v.step = :step and v.pupil_id = any(:p::uuid[])
                  and (v.returned_at is null or s.saved_at > v.returned_at)
                order by v.pupil_id for update of v
                """)
                .param("s", school)
                .param("r", round.id())
                .param("step", step)
                .param("p", array(pupils))
                .query(UUID.class)
                .list();
    }

    private void decide(UUID school, Round round, int step, List<UUID> pupils, String decision, @Nullable String reason, @Nullable UUID by, Instant at) {
        if (pupils.isEmpty()) return;
        sql.sql("update enrolment.review_place set step = :next, returned_at = null, reason = null where school_id = :s and round_id = :r and pupil_id = any(:p::uuid[])")
                .param("next", step + 1)
                .param("s", school)
                .param("r", round.id())
                .param("p", array(pupils))
                .update();
        log(school, round, step, pupils, decision, reason, by, at);
    }

    private void log(UUID school, Round round, int step, List<UUID> pupils, String decision, @Nullable String reason, @Nullable UUID by, Instant at) {
        sql.sql("""
                insert into enrolment.review (school_id, review_id, round_id, pupil_id, step, decision, by, at, reason)
                select :s, x.id, :r, x.pupil, :step, :decision, :by::uuid, :at, :reason from unnest(:ids::uuid[], :p::uuid[]) as x (id, pupil)
                """)
                .param("s", school)
                .param("r", round.id())
                .param("step", round.reviewSteps().get(step))
                .param("decision", decision)
                .param("by", by == null ? null : by.toString())
                .param("at", Timestamp.from(at))
                .param("reason", reason)
                .param("ids", array(pupils.stream().map(p -> ids.next()).toList()))
                .param("p", array(pupils))
                .update();
    }

    private static String array(List<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
