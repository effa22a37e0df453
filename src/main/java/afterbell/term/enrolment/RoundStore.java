package afterbell.term.enrolment;

import java.util.List;
import java.util.Optional;
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

    /** The rounds that a family meets now, with each of its children that the scope shows and whether it is answered; the round closing first comes first. */
    List<ChildRound> forChildren(List<UUID> children) {
        if (children.isEmpty()) return List.of();
        return sql.sql("""
                select r.round_id, r.term_id, r.name, r.opens_at, r.closes_at, r.review_until, r.state, r.max_clubs, r.first_come, r.review_steps, r.draw_order,
                       p.pupil_id, p.name as child, p.class_id, p.class_name, p.grade, a.pupil_id is not null and not a.objected as answered,
                       coalesce(a.for_family, false) as for_family, coalesce(a.objected, false) as objected,
                       v.returned_at is not null and v.returned_at >= s.saved_at as returned
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
                        r.getBoolean("returned")))
                .list();
    }
}
