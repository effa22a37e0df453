package afterbell.day.custody.rolling;

import afterbell.base.shared.db.Question;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.rolling.RollPage.Near;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The list of a session with names. */
@Component
class RollStore {
    /**
     * A child that the session expects, has, or had.
     *
     * @param planned whether its plan has this session
     * @param custodian name of who has it in hand, or empty
     * @param late when its family said that it comes, or null
     * @param custodianId who has it in hand
     * @param note whether there is something to know of it
     */
    record Listed(
            UUID pupil,
            String name,
            String className,
            State state,
            @Nullable UUID session,
            String custodian,
            Instant since,
            @Nullable Instant until,
            @Nullable String word,
            boolean planned,
            @Nullable Instant late,
            @Nullable UUID custodianId,
            boolean note) {}

    private final JdbcClient sql;

    RollStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Listed> list(UUID school, LocalDate day, UUID session) {
        return sql.sql("""
                select s.pupil_id, p.name, p.class_name, s.state, s.session_id, coalesce(f.name, '') as custodian, s.since, s.until, s.word, :x = any(s.stop_sessions) as planned, k.expected_at as late,
                       s.custodian as custodian_id, exists (select 1 from roster.pub_note o where o.school_id = s.school_id and o.pupil_id = s.pupil_id) as note
                from custody.standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
                left join custody.late_pickup k on k.school_id = s.school_id and k.day = s.day and k.pupil_id = s.pupil_id
                where s.school_id = :s and s.day = :d and (:x = any(s.stop_sessions) or s.session_id = :x)
                order by p.grade, p.class_number, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query(RollStore::listed)
                .list();
    }

    private static Listed listed(ResultSet r, int n) throws SQLException {
        @Nullable Timestamp until = r.getTimestamp("until");
        @Nullable Timestamp late = r.getTimestamp("late");
        return new Listed(
                r.getObject("pupil_id", UUID.class),
                r.getString("name"),
                r.getString("class_name"),
                State.of(r.getString("state")),
                r.getObject("session_id", UUID.class),
                r.getString("custodian"),
                r.getTimestamp("since").toInstant(),
                until == null ? null : until.toInstant(),
                r.getString("word"),
                r.getBoolean("planned"),
                late == null ? null : late.toInstant(),
                r.getObject("custodian_id", UUID.class),
                r.getBoolean("note"));
    }

    /** Whoever is looked for in the whole school, then those of the list's own class who should be elsewhere; the nearest first. */
    static Question<Near> near(UUID school, LocalDate day, UUID session, int most) {
        return new Question<>(
                Near.class,
                """
                with own as materialized (
                    select g.class_id from custody.standing g where g.school_id = :s and g.day = :d and :x = any(g.stop_sessions) group by g.class_id),
                near as (
                    select g.pupil_id, g.state in ('missing', 'traced') or g.state = 'between' and g.red as sought, g.class_id in (select o.class_id from own o) as own
                    from custody.standing g
                    where g.school_id = :s and g.day = :d and not g.closed and not (:x = any(g.stop_sessions)) and g.session_id is distinct from :x
                      and (g.state in ('missing', 'traced') or g.state = 'between' and g.red
                           or (select count(*) from own) = 1 and g.class_id in (select o.class_id from own o) and g.state in ('in_class', 'expected', 'between', 'present')))
                select n.pupil_id as pupil, p.name, p.class_name, n.sought
                from near n join roster.pub_pupil p on p.school_id = :s and p.pupil_id = n.pupil_id
                order by n.sought desc, n.own desc, p.grade, p.class_number, p.initials, n.pupil_id limit :n
                """,
                Map.of("s", school, "d", day, "x", session, "n", most));
    }

    /**
     * How far the roll is.
     *
     * @param at when it was last rolled; null where it never was
     * @param proposedAt when an outside instructor proposed something since; absent: whom as not there
     */
    record Rolled(@Nullable Instant at, @Nullable Instant proposedAt, Set<UUID> absent) {}

    Rolled rolled(UUID school, LocalDate day, UUID session) {
        return sql.sql("""
                select r.at, k.proposed_at, coalesce(k.absent, '{}') as absent
                from (select max(at) as at from custody.event where school_id = :s and day = :d and session_id = :x and kind in ('counted', 'missed')) r
                left join lateral (
                    select k.proposed_at, k.absent from custody.instructor_link k
                    where k.school_id = :s and k.session_id = :x and k.proposed_at is not null and (r.at is null or k.proposed_at > r.at) order by k.proposed_at desc limit 1) k on true
                """)
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query((r, n) -> {
                    @Nullable Timestamp at = r.getTimestamp("at");
                    @Nullable Timestamp proposed = r.getTimestamp("proposed_at");
                    return new Rolled(at == null ? null : at.toInstant(), proposed == null ? null : proposed.toInstant(), Set.of((UUID[]) r.getArray("absent").getArray()));
                })
                .single();
    }

    /** Steps that were taken for children of a session that are looked for, in order of time. */
    record Step(UUID pupil, Instant at, String word, String by) {}

    List<Step> steps(UUID school, LocalDate day, UUID session) {
        return sql.sql("""
                select e.pupil_id as pupil, e.at, e.word, coalesce(f.name, '') as by
                from custody.event e join custody.standing s on s.school_id = e.school_id and s.day = e.day and s.pupil_id = e.pupil_id
                left join roster.pub_staff f on f.school_id = e.school_id and f.account_id = e.by
                where e.school_id = :s and e.day = :d and e.kind = 'traced' and s.state in ('missing', 'traced') and :x = any(s.stop_sessions) and e.at >= s.since order by e.at
                """)
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query((r, n) -> new Step(r.getObject("pupil", UUID.class), r.getTimestamp("at").toInstant(), r.getString("word"), r.getString("by")))
                .list();
    }
}
