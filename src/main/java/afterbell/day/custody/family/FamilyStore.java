package afterbell.day.custody.family;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a family sees of a day, under its own scope. */
@Component
class FamilyStore {
    private final Questions questions;

    FamilyStore(Questions questions) {
        this.questions = questions;
    }

    /** Where these children stand; a child without service today has no row. */
    static Question<DayLine> lines(LocalDate day, Collection<UUID> children) {
        return new Question<>(
                DayLine.class,
                """
                select s.pupil_id as child, p.name, s.state, coalesce(f.name, '') as who, concat_ws(' · ', coalesce(x.name, c.name), r.name) as "where", s.since, s.bell,
                       s.stop_ends[cardinality(s.stop_ends)] as leaves_at, l.expected_at as late
                from custody.standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
                left join timetable.pub_session t on t.school_id = s.school_id and t.session_id = s.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join custody.late_pickup l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
                where s.day = :d and s.pupil_id = any(:p::uuid[]) order by p.grade desc, p.name
                """,
                Map.of("d", day, "p", children.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))));
    }

    @Transactional(readOnly = true)
    Optional<DayLine> line(LocalDate day, UUID child) {
        return questions.ask(lines(day, List.of(child))).stream().findFirst();
    }
}
