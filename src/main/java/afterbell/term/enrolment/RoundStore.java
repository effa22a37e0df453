package afterbell.term.enrolment;

import afterbell.base.shared.db.Question;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RoundStore {
    private static final String ROUND = "select round_id, term_id, name, opens_at, closes_at, review_until, state, max_clubs, first_come, review_steps, draw_order from enrolment.round ";

    private final JdbcClient sql;

    RoundStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Round> all(UUID school) {
        return sql.sql(ROUND + "where school_id = :s order by closes_at desc, round_id").param("s", school).query((r, n) -> SheetStore.round(r)).list();
    }

    Optional<Round> get(UUID school, UUID round) {
        return sql.sql(ROUND + "where school_id = :s and round_id = :r").param("s", school).param("r", round).query((r, n) -> SheetStore.round(r)).optional();
    }

    Optional<Round> getLocked(UUID school, UUID round) {
        return sql.sql(ROUND + "where school_id = :s and round_id = :r for no key update").param("s", school).param("r", round).query((r, n) -> SheetStore.round(r)).optional();
    }

    /** The rounds that a family meets now, with each of its children that the scope shows and whether it is answered; the round closing first comes first. */
    List<ChildRound> forChildren(List<UUID> children) {
        if (children.isEmpty()) return List.of();
        return sql.sql("""
                select r.round_id, r.term_id, r.name, r.opens_at, r.closes_at, r.review_until, r.state, r.max_clubs, r.first_come, r.review_steps, r.draw_order,
                       p.pupil_id, p.name as child, p.class_id, p.class_name, p.grade, a.pupil_id is not null and not a.objected as answered,
                       coalesce(a.for_family, false) as for_family, coalesce(a.objected, false) as objected,
                       v.returned_at is not null and v.returned_at >= s.saved_at as returned, v.step
                from roster.pub_pupil p
                join enrolment.round r on r.school_id = p.school_id and r.state <> 'draft'
                left join enrolment.answer a on a.school_id = r.school_id and a.round_id = r.round_id and a.pupil_id = p.pupil_id
                left join enrolment.sheet s on s.school_id = r.school_id and s.round_id = r.round_id and s.pupil_id = p.pupil_id
                left join enrolment.review_place v on v.school_id = r.school_id and v.round_id = r.round_id and v.pupil_id = p.pupil_id
                where p.pupil_id in (:children)
                order by r.closes_at desc, p.grade desc, p.pupil_id
                """)
                .param("children", children)
                .query((r, n) -> new ChildRound(
                        new FamilySheet.Child(r.getObject("pupil_id", UUID.class), r.getString("child"), r.getObject("class_id", UUID.class), r.getString("class_name"), r.getInt("grade")),
                        SheetStore.round(r),
                        r.getBoolean("answered"),
                        r.getBoolean("for_family"),
                        r.getBoolean("objected"),
                        r.getBoolean("returned"),
                        r.getBoolean("returned") ? SheetStore.round(r).stepEnds(r.getInt("step")) : r.getTimestamp("closes_at").toInstant()))
                .list();
    }

    /** How far a class is in an open round. */
    record ClassProgress(UUID round, String name, UUID schoolClass, String className, Instant closesAt, int pupils, int answered) {}

    /** The classes named, in each round that takes answers at this instant. */
    static Question<ClassProgress> progressOf(UUID school, Set<UUID> classes, Instant at) {
        return new Question<>(
                ClassProgress.class,
                """
                select r.round_id as round, r.name, p.class_id as school_class, p.class_name, r.closes_at, count(*)::int as pupils,
                       count(a.pupil_id) filter (where not a.objected)::int as answered
                from enrolment.round r
                join roster.pub_pupil p on p.school_id = r.school_id and p.class_id = any(:classes)
                left join enrolment.answer a on a.school_id = r.school_id and a.round_id = r.round_id and a.pupil_id = p.pupil_id
                where r.school_id = :school and r.state = 'open' and r.opens_at <= :at and r.closes_at > :at
                group by r.round_id, r.name, p.class_id, p.class_name, r.closes_at
                order by r.closes_at, p.class_name
                """,
                Map.of("school", school, "classes", classes.toArray(UUID[]::new), "at", Timestamp.from(at)));
    }

    /** A round that takes answers now. @param pupils children of the school @param answered those of them whose sheet stands */
    record Running(UUID round, String name, Instant closesAt, int pupils, int answered) {}

    static Question<Running> runningOf(UUID school, Instant at) {
        return new Question<>(
                Running.class,
                """
                select r.round_id as round, r.name, r.closes_at,
                       (select count(*)::int from roster.pub_pupil p where p.school_id = r.school_id) as pupils,
                       (select count(*)::int from enrolment.answer a join roster.pub_pupil p on p.school_id = a.school_id and p.pupil_id = a.pupil_id
                        where a.school_id = r.school_id and a.round_id = r.round_id and not a.objected) as answered
                from enrolment.round r
                where r.school_id = :school and r.state = 'open' and r.opens_at <= :at and r.closes_at > :at
                order by r.closes_at
                """,
                Map.of("school", school, "at", Timestamp.from(at)));
    }

    /** Sheets of a class that wait before a step of a closed round. */
    record Waiting(Round round, int step, UUID schoolClass, int grade, int sheets) {}

    static Question<Waiting> waitingOf(UUID school) {
        return new Question<>(
                Waiting.class,
                """
                select (select to_json(x) from (select r.round_id as id, r.term_id as term, r.name, r.opens_at, r.closes_at, r.review_until, r.state, r.max_clubs, r.first_come, r.review_steps, r.draw_order) x) as round,
                       w.step, w.class_id as school_class, w.grade, w.sheets
                from enrolment.round r
                join lateral (
                    select v.step, p.class_id, p.grade, count(*)::int as sheets
                    from enrolment.review_place v
                    join enrolment.sheet s on s.school_id = v.school_id and s.round_id = v.round_id and s.pupil_id = v.pupil_id
                    join roster.pub_pupil p on p.school_id = v.school_id and p.pupil_id = v.pupil_id
                    where v.school_id = r.school_id and v.round_id = r.round_id and v.step < cardinality(r.review_steps) and (v.returned_at is null or s.saved_at > v.returned_at)
                    group by v.step, p.class_id, p.grade
                ) w on true
                where r.school_id = :school and r.state = 'closed' and r.reviewed_at is null
                """,
                Map.of("school", school));
    }

    /** Closed rounds whose review still runs. */
    List<Round> inReview(UUID school) {
        return sql.sql(ROUND + "where school_id = :s and state = 'closed' and reviewed_at is null order by closes_at").param("s", school).query((r, n) -> SheetStore.round(r)).list();
    }

    /** Schools with something due; only ids leave the door. */
    List<UUID> schoolsWithSomethingDue(Instant at) {
        return sql.sql("select s from enrolment.door_due(:at) s").param("at", Timestamp.from(at)).query(UUID.class).list();
    }

    /** Writes a draft anew, or what may still change of an announced round: the use case decides which. */
    void put(UUID school, Round r) {
        sql.sql("""
                insert into enrolment.round (school_id, round_id, term_id, name, opens_at, closes_at, review_until, state, max_clubs, first_come, review_steps, draw_order)
                values (:s, :r, :t, :name, :opens, :closes, :until, :state, :max, :firstCome, :steps::text[], :order)
                on conflict (school_id, round_id) do update
                set name = excluded.name, opens_at = excluded.opens_at, closes_at = excluded.closes_at, review_until = excluded.review_until, state = excluded.state,
                    max_clubs = excluded.max_clubs, first_come = excluded.first_come, review_steps = excluded.review_steps, draw_order = excluded.draw_order
                """)
                .param("s", school)
                .param("r", r.id())
                .param("t", r.term())
                .param("name", r.name())
                .param("opens", Timestamp.from(r.opensAt()))
                .param("closes", Timestamp.from(r.closesAt()))
                .param("until", Timestamp.from(r.reviewUntil()))
                .param("state", r.state().name().toLowerCase(Locale.ROOT))
                .param("max", r.maxClubs(), Types.INTEGER)
                .param("firstCome", r.firstCome())
                .param("steps", "{" + String.join(",", r.reviewSteps()) + "}")
                .param("order", r.drawOrder())
                .update();
    }

    /** @return false where it is not open or its time is not over */
    boolean close(UUID school, UUID round, Instant at) {
        return sql.sql("update enrolment.round set state = 'closed', closed_at = :at where school_id = :s and round_id = :r and state = 'open' and closes_at <= :at")
                        .param("s", school)
                        .param("r", round)
                        .param("at", Timestamp.from(at))
                        .update()
                == 1;
    }

    /** @return false where it was through already */
    boolean reviewed(UUID school, UUID round, Instant at) {
        return sql.sql("update enrolment.round set reviewed_at = :at where school_id = :s and round_id = :r and reviewed_at is null").param("at", Timestamp.from(at)).param("s", school).param("r", round).update() == 1;
    }

    /** How often each section was wished; the next term's families will see it. */
    void countDemand(UUID school, UUID round) {
        sql.sql("""
                insert into enrolment.demand (school_id, round_id, section_id, activity, firsts, wishes)
                select w.school_id, w.round_id, w.section_id, s.activity, count(distinct w.pupil_id) filter (where w.rank = 1), count(distinct w.pupil_id)
                from enrolment.wish w
                join programme.pub_section s on s.school_id = w.school_id and s.section_id = w.section_id
                where w.school_id = :s and w.round_id = :r and w.counts
                group by w.school_id, w.round_id, w.section_id, s.activity
                on conflict (school_id, round_id, section_id) do update set firsts = excluded.firsts, wishes = excluded.wishes
                """)
                .param("s", school)
                .param("r", round)
                .update();
    }
}
