package afterbell.term.enrolment.rounds;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far the answers are, class by class, and after the close what was asked. */
@Component
class FunnelStore {
    private final JdbcClient sql;

    FunnelStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param byHand answers that the school typed for families
     * @param byOne how many of them the busiest person typed
     * @param yes children who take part; before the close only those the school typed
     * @param flipped families whose no became a yes; known after the close
     */
    record ClassRow(UUID id, String name, int grade, int pupils, int answered, int byHand, int byOne, int objected, int yes, int flipped) {}

    List<ClassRow> classes(UUID school, UUID round) {
        return sql.sql("""
                with typed as materialized (
                    select class_id, max(n)::int as n
                    from (select p.class_id, s.entered_by, count(*) as n
                          from enrolment.sheet s join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                          where s.school_id = :school and s.round_id = :round and s.entered_for_family and s.objected_at is null
                          group by p.class_id, s.entered_by) x
                    group by class_id),
                flipped as materialized (
                    select distinct b.pupil_id
                    from enrolment.sheet_change b
                    join enrolment.sheet_change e on e.school_id = b.school_id and e.round_id = b.round_id and e.pupil_id = b.pupil_id and e.version > b.version
                    where b.school_id = :school and b.round_id = :round and not b.takes_part and e.takes_part)
                select c.class_id as id, c.name, c.grade, count(p.pupil_id)::int as pupils,
                       count(a.pupil_id) filter (where not a.objected)::int as answered,
                       count(a.pupil_id) filter (where a.for_family and not a.objected)::int as by_hand,
                       coalesce(max(t.n), 0) as by_one,
                       count(a.pupil_id) filter (where a.objected)::int as objected,
                       count(s.pupil_id) filter (where s.takes_part)::int as yes,
                       count(f.pupil_id)::int as flipped
                from roster.pub_class c
                join roster.pub_pupil p on p.school_id = c.school_id and p.class_id = c.class_id
                left join enrolment.answer a on a.school_id = p.school_id and a.round_id = :round and a.pupil_id = p.pupil_id
                left join enrolment.sheet s on s.school_id = p.school_id and s.round_id = :round and s.pupil_id = p.pupil_id
                left join typed t on t.class_id = c.class_id
                left join flipped f on f.pupil_id = p.pupil_id
                where c.school_id = :school
                group by c.class_id, c.name, c.grade, c.number
                order by c.grade, c.number
                """)
                .param("school", school)
                .param("round", round)
                .query(ClassRow.class)
                .list();
    }

    /** A section with the children who wished it; only of closed rounds. */
    List<RoundPage.SectionDemand> sections(UUID school, UUID round, UUID term) {
        return sql.sql("""
                select s.code, s.name, min(b.weekday)::int as weekday, min(b.ordinal)::int as ordinal, s.capacity,
                       coalesce(max(d.firsts), 0)::int as firsts, coalesce(max(d.wishes), 0)::int as wishes
                from programme.pub_section s
                join programme.pub_section_slot ss on ss.school_id = s.school_id and ss.section_id = s.section_id
                join calendar.pub_slot b on b.school_id = ss.school_id and b.slot_id = ss.slot_id and b.term_id = s.term_id
                left join enrolment.demand d on d.school_id = s.school_id and d.round_id = :round and d.section_id = s.section_id
                where s.school_id = :school and s.term_id = :term and not s.fixed and s.state = 'published'
                group by s.section_id, s.code, s.name, s.capacity
                order by min(b.weekday), min(b.ordinal), s.code
                """)
                .param("school", school)
                .param("round", round)
                .param("term", term)
                .query(RoundPage.SectionDemand.class)
                .list();
    }

    /** How many children stay on a weekday until which of its slots; only of closed rounds. */
    List<RoundPage.DayDemand> days(UUID school, UUID round) {
        return sql.sql("""
                select weekday, until_ordinal as ordinal, count(*)::int as children from enrolment.pub_sheet_day
                where school_id = :school and round_id = :round and until_ordinal > 0
                group by weekday, until_ordinal order by weekday, until_ordinal
                """)
                .param("school", school)
                .param("round", round)
                .query(RoundPage.DayDemand.class)
                .list();
    }

    /** @param step index in the round's chain */
    record StepRow(int step, int waiting, int returned, int passed, int forwarded) {}

    /** How the review stands, step by step. */
    List<StepRow> steps(UUID school, UUID round, List<String> steps) {
        return sql.sql("""
                with chain as materialized (select name, (at - 1)::int as step from unnest(:steps::text[]) with ordinality as x (name, at)),
                here as materialized (
                    select v.step, count(*) filter (where v.returned_at is null or s.saved_at > v.returned_at)::int as waiting,
                           count(*) filter (where v.returned_at is not null and s.saved_at <= v.returned_at)::int as returned
                    from enrolment.review_place v
                    join enrolment.sheet s on s.school_id = v.school_id and s.round_id = v.round_id and s.pupil_id = v.pupil_id
                    where v.school_id = :school and v.round_id = :round
                    group by v.step),
                gone as materialized (
                    select step, count(*) filter (where decision = 'passed')::int as passed, count(*) filter (where decision = 'forwarded')::int as forwarded
                    from enrolment.review where school_id = :school and round_id = :round group by step)
                select c.step, coalesce(h.waiting, 0) as waiting, coalesce(h.returned, 0) as returned, coalesce(g.passed, 0) as passed, coalesce(g.forwarded, 0) as forwarded
                from chain c
                left join here h on h.step = c.step
                left join gone g on g.step = c.name
                order by c.step
                """)
                .param("school", school)
                .param("round", round)
                .param("steps", "{" + String.join(",", steps) + "}")
                .query(StepRow.class)
                .list();
    }
}
