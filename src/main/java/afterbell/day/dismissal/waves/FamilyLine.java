package afterbell.day.dismissal.waves;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import afterbell.day.custody.LineWords;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far the line of the own child is, from the first word of its teacher until the child has left. */
@Component
class FamilyLine implements TaskSource, LineWords {
    private final Questions questions;
    private final Clock clock;

    FamilyLine(Questions questions, Clock clock) {
        this.questions = questions;
        this.clock = clock;
    }

    record OnTheWay(UUID child, String name, String line, String step, Instant at, String gate) {
        /** A sentence of its own where the gate is known. */
        String sentence() {
            return "dismissal.family." + step + (gate.isEmpty() ? "" : ".gate");
        }
    }

    private static Question<OnTheWay> lines(LocalDate day, Collection<UUID> children) {
        return new Question<>(
                OnTheWay.class,
                """
                select l.pupil_id as child, u.name, coalesce(x.name, c.name, '') as line, k.step, k.at, coalesce(w.gate, '') as gate
                from custody.pub_leaving l
                join custody.pub_standing s on s.school_id = l.school_id and s.day = l.day and s.pupil_id = l.pupil_id and s.session_id = l.session_id and s.state in ('present', 'called_out')
                join dismissal.pub_line k on k.school_id = l.school_id and k.day = l.day and k.session_id = l.session_id
                join roster.pub_pupil u on u.school_id = l.school_id and u.pupil_id = l.pupil_id
                join timetable.pub_session t on t.school_id = l.school_id and t.session_id = l.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join lateral (
                    select v.gate from calendar.pub_wave v join schools.pub_grade g on g.school_id = v.school_id and g.grade = u.grade and g.band = any(v.bands)
                    where v.school_id = t.school_id and v.term_id = t.term_id and (cardinality(v.weekdays) = 0 or extract(isodow from t.day) = any(v.weekdays)) and v.at >= t.ends order by v.at limit 1) w on true
                where l.day = :d and l.pupil_id = any(:p::uuid[]) order by k.at desc, l.pupil_id
                """,
                Map.of("d", day, "p", children.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))));
    }

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (me.hat() != Hat.FAMILY) return List.of();
        List<UUID> children = me.children(Role.GUARDIAN, Role.CARER);
        if (children.isEmpty()) return List.of();
        return List.of(new Asked<>(lines(LocalDate.ofInstant(clock.instant(), Screen.ZONE), children), all -> all.stream().map(FamilyLine::task).toList()));
    }

    private static Task task(OnTheWay l) {
        return new Task(l.sentence(), List.of(l.name(), l.line(), l.gate()), "", "/children/" + l.child() + "/today", "dismissal.family.go", null, State.ATTENTION, "");
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Word> of(LocalDate day, UUID child) {
        return questions.ask(lines(day, List.of(child))).stream().findFirst().map(l -> new Word(l.sentence(), l.name(), l.line(), l.gate(), l.at()));
    }
}
