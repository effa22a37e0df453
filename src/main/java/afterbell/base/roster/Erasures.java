package afterbell.base.roster;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erasing what the school knows of a child (law 8). Asked for by a guardian or by the office; carried out by another person once the child has left, all
 * rooms in one transaction. It can't be undone, so nobody does it alone.
 */
@Component
public class Erasures {
    private final JdbcClient sql;
    private final OwnRecords own;
    private final List<ChildRecords> rooms;
    private final Questions questions;
    private final Accounts accounts;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    Erasures(JdbcClient sql, OwnRecords own, List<ChildRecords> rooms, Questions questions, Accounts accounts, Audit audit, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.sql = sql;
        this.own = own;
        this.rooms = rooms;
        this.questions = questions;
        this.accounts = accounts;
        this.audit = audit;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Why a child's data goes. */
    public enum Ground {
        /** A guardian asked. */
        FAMILY,
        /** The time of keeping is over. */
        OVER,
        /** The child was entered by mistake. */
        MISTAKE;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param leftOn null while the child is still here: then nothing can be erased yet */
    public record Asked(UUID erasure, UUID pupil, String name, String className, String ground, Instant askedAt, UUID askedBy, @Nullable LocalDate leftOn) {}

    /** Keeps that somebody asked; asking twice changes nothing. Runs under the family's or the school's scope. */
    @Transactional
    public void ask(UUID school, UUID pupil, Ground ground, UUID by) {
        int asked = sql.sql("""
                insert into roster.erasure (school_id, erasure_id, pupil_id, ground, asked_at, asked_by)
                select :s, :id, p.pupil_id, :ground, :now, :by from roster.pupil p where p.school_id = :s and p.pupil_id = :p and p.erased_at is null
                on conflict do nothing
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("ground", ground.code())
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        if (asked > 0) audit.record(school, "roster.erasure_asked", "pupil", pupil, Map.of("ground", ground.code()));
    }

    /** When erasing a child was asked for and has not been decided. */
    @Transactional(readOnly = true)
    public Optional<Instant> asked(UUID school, UUID pupil) {
        return sql.sql("select asked_at from roster.erasure where school_id = :s and pupil_id = :p and decided_at is null")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Asked> open(UUID school) {
        return sql.sql("""
                select e.erasure_id as erasure, e.pupil_id as pupil, p.name, c.name as class_name, e.ground, e.asked_at, e.asked_by, p.left_on
                from roster.erasure e join roster.pupil p using (school_id, pupil_id) join roster.class c using (school_id, class_id)
                where e.school_id = :s and e.decided_at is null order by e.asked_at, e.erasure_id limit 200
                """)
                .param("s", school)
                .query(Asked.class)
                .list();
    }

    /** Erases, in all rooms or in none. Doing it twice changes nothing. */
    public Outcome<UUID> carryOut(UUID school, UUID erasure, UUID by, LocalDate today) {
        record Done(Outcome<UUID> outcome, List<UUID> accounts) {}
        Done done = Objects.requireNonNull(transactions.execute(t -> {
            Asked asked = locked(school, erasure).orElse(null);
            if (asked == null) return new Done(Outcome.done(erasure), List.of());
            if (asked.leftOn() == null || asked.leftOn().isAfter(today)) return new Done(Outcome.refused(new Refusal.Simple("roster.erase.refused.here")), List.of());
            if (asked.askedBy().equals(by)) return new Done(Outcome.refused(new Refusal.Simple("roster.erase.refused.alone")), List.of());
            List<UUID> idle = own.idleAccounts(school, own.onlyHere(school, asked.pupil()));
            for (ChildRecords room : rooms) room.erase(school, asked.pupil(), idle);
            decide(school, erasure, by, true);
            audit.record(school, "roster.child_erased", "pupil", asked.pupil(), Map.of("ground", asked.ground(), "adults", idle.size()));
            return new Done(Outcome.done(erasure), idle);
        }));
        // An account is nobody's but its owner's: each is closed under its own scope, and stays where the person has a role somewhere else.
        done.accounts().forEach(accounts::closeIdle);
        return done.outcome();
    }

    /** Nothing is erased; the office says why to the family itself. */
    @Transactional
    public void takeBack(UUID school, UUID erasure, UUID by) {
        locked(school, erasure).ifPresent(asked -> {
            decide(school, erasure, by, false);
            audit.record(school, "roster.erasure_refused", "pupil", asked.pupil(), Map.of("ground", asked.ground()));
        });
    }

    // Empty where it is decided already; a foreign one is not found.
    private Optional<Asked> locked(UUID school, UUID erasure) {
        boolean open = sql.sql("select decided_at is null from roster.erasure where school_id = :s and erasure_id = :e for update")
                .param("s", school)
                .param("e", erasure)
                .query(Boolean.class)
                .optional()
                .orElseThrow(NotFound::new);
        return open ? open(school).stream().filter(a -> a.erasure().equals(erasure)).findFirst() : Optional.empty();
    }

    private void decide(UUID school, UUID erasure, UUID by, boolean done) {
        sql.sql("update roster.erasure set decided_at = :now, decided_by = :by, done = :done where school_id = :s and erasure_id = :e")
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .param("done", done)
                .param("s", school)
                .param("e", erasure)
                .update();
    }

    /** The child's copy, all rooms in the order of the house. Runs under the family's scope. */
    @Transactional(readOnly = true)
    public List<ChildRecords.Line> copy(UUID school, UUID pupil) {
        List<ChildRecords.Part<?>> parts = rooms.stream().flatMap(room -> room.copy(school, pupil).stream()).toList();
        Questions.Answers answers = questions.ask(parts.stream().map(ChildRecords.Part::question).toArray(Question<?>[]::new));
        return Stream.concat(own.child(school, pupil).stream(), parts.stream().flatMap(part -> lines(part, answers))).toList();
    }

    private static <T> Stream<ChildRecords.Line> lines(ChildRecords.Part<T> part, Questions.Answers answers) {
        return answers.of(part.question()).stream().map(part.line());
    }
}
