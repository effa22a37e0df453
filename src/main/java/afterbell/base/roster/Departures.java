package afterbell.base.roster;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.shared.Ids;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Children who leave the school, on a day. With the child go its seats, the roles of its grown-ups and its open slips; the register, the history and
 * what has happened stay. A day to come is kept and carried out when it comes.
 */
@Component
public class Departures {
    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcClient sql;
    private final NamedParameterJdbcTemplate batch;
    private final List<PupilExit> exits;
    private final Accounts accounts;
    private final Invitations invitations;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    Departures(JdbcClient sql, NamedParameterJdbcTemplate batch, List<PupilExit> exits, Accounts accounts, Invitations invitations, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.batch = batch;
        this.exits = exits;
        this.accounts = accounts;
        this.invitations = invitations;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** A departure to come. */
    public record Planned(UUID departure, LocalDate firstAway) {}

    /** What would end with the child besides its place on the roll. */
    @Transactional(readOnly = true)
    public int held(UUID school, UUID pupil) {
        return exits.stream().mapToInt(e -> e.held(school, pupil)).sum();
    }

    public static Question<Planned> plannedOf(UUID school, UUID pupil) {
        return new Question<>(
                Planned.class,
                "select departure_id as departure, first_away from roster.departure where school_id = :s and pupil_id = :p and done_at is null and cancelled_at is null",
                Map.of("s", school, "p", pupil));
    }

    /** Keeps a departure for its day, or carries it out where the day has come. Saying it again moves the day. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void plan(UUID school, UUID pupil, LocalDate firstAway, LocalDate today, UUID by) {
        sql.sql("""
                insert into roster.departure (school_id, departure_id, pupil_id, first_away, made_at, made_by) values (:s, :id, :p, :day, :now, :by)
                on conflict (school_id, pupil_id) where done_at is null and cancelled_at is null do update set first_away = excluded.first_away, made_at = excluded.made_at, made_by = excluded.made_by
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("day", firstAway)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        audit.record(school, "roster.departure_planned", "pupil", pupil, Map.of("day", firstAway.toString()));
        if (!firstAway.isAfter(today)) carryOut(school, List.of(pupil), firstAway);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public boolean cancel(UUID school, UUID pupil, UUID by) {
        int cancelled = sql.sql("update roster.departure set cancelled_at = :now, cancelled_by = :by where school_id = :s and pupil_id = :p and done_at is null and cancelled_at is null")
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .param("s", school)
                .param("p", pupil)
                .update();
        if (cancelled > 0) audit.record(school, "roster.departure_cancelled", "pupil", pupil, Map.of());
        return cancelled > 0;
    }

    /** Departures whose day has come. Runs under the school's scope; doing it twice changes nothing. */
    @Transactional
    public int due(UUID school, LocalDate today) {
        List<UUID> pupils = sql.sql("select pupil_id from roster.departure where school_id = :s and done_at is null and cancelled_at is null and first_away <= :today order by pupil_id for update")
                .param("s", school)
                .param("today", today)
                .query(UUID.class)
                .list();
        return carryOut(school, pupils, today);
    }

    /** Children leave now. Answers how many of them were still here. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int carryOut(UUID school, Collection<UUID> pupils, LocalDate firstAway) {
        if (pupils.isEmpty()) return 0;
        Instant at = clock.instant();
        UUID by = Scopes.current().map(Scope::account).orElse(NOBODY);
        record Left(UUID pupil, UUID klass) {}
        List<Left> left = sql.sql("update roster.pupil set left_on = :day where school_id = :s and pupil_id in (:p) and left_on is null returning pupil_id as pupil, class_id as klass")
                .param("day", firstAway)
                .param("s", school)
                .param("p", pupils)
                .query(Left.class)
                .list();
        List<UUID> gone = left.stream().map(Left::pupil).sorted().toList();
        sql.sql("update roster.departure set done_at = :at where school_id = :s and pupil_id in (:p) and done_at is null and cancelled_at is null").param("at", Timestamp.from(at)).param("s", school).param("p", pupils).update();
        if (gone.isEmpty()) return 0;
        batch.batchUpdate(
                "insert into roster.transfer (school_id, transfer_id, pupil_id, from_class, to_class, on_day, done_by, done_at) values (:s, :id, :p, :from, null, :day, :by, :at)",
                left.stream()
                        .map(l -> new MapSqlParameterSource("s", school)
                                .addValue("id", ids.next())
                                .addValue("p", l.pupil())
                                .addValue("from", l.klass())
                                .addValue("day", firstAway)
                                .addValue("by", by)
                                .addValue("at", Timestamp.from(at)))
                        .toArray(MapSqlParameterSource[]::new));
        for (PupilExit exit : exits) exit.leave(school, gone, firstAway, by.equals(NOBODY) ? null : by, at);
        sql.sql("delete from roster.sibling where school_id = :s and pupil_id in (:p)").param("s", school).param("p", gone).update();
        invitations.voidOf(school, gone);
        accounts.revokeChildren(school, gone);
        audit.record(school, "roster.pupils_left", "school", school, Map.of("count", gone.size(), "day", firstAway.toString()));
        return gone.size();
    }
}
