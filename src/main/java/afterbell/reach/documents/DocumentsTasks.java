package afterbell.reach.documents;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What waits: a family's letters to be signed, a class's missing answers, the office's drafts. */
@Component
class DocumentsTasks implements TaskSource {
    private final Clock clock;

    DocumentsTasks(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        List<Asked<?>> asked = new ArrayList<>();
        List<UUID> children = wearer.children(Role.GUARDIAN, Role.CARER);
        if (!children.isEmpty()) asked.add(new Asked<>(unsigned(children), found -> found.stream().map(this::task).toList()));
        if (wearer.is(Role.CLASS_TEACHER) && !wearer.classes().isEmpty()) asked.add(new Asked<>(missing(wearer), found -> found.stream().map(this::task).toList()));
        if (wearer.is(Role.OFFICE)) asked.add(new Asked<>(drafts(wearer.school()), found -> found.stream().map(DocumentsTasks::task).toList()));
        return asked;
    }

    /** A child and the first letter that waits for its family, with how many do. */
    private record Unsigned(UUID pupil, String name, int waiting, UUID first, String title, @Nullable Instant answerBy) {}

    private static Question<Unsigned> unsigned(List<UUID> children) {
        return new Question<>(
                Unsigned.class,
                """
                select p.pupil_id as pupil, p.name, count(*) as waiting, (array_agg(l.letter_id order by case l.kind when 'LETTER' then 0 when 'OPINION' then 1 when 'APPLICATION' then 2 when 'GUIDE' then 4 else 3 end, l.letter_id))[1] as first,
                       (array_agg(l.read order by case l.kind when 'LETTER' then 0 when 'OPINION' then 1 when 'APPLICATION' then 2 when 'GUIDE' then 4 else 3 end, l.letter_id))[1] as title, min(l.answer_by) as answer_by
                from roster.pub_pupil p
                join (select l.*, e.title as read from documents.letter l join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition where l.state = 'PUBLISHED') l
                  on l.school_id = p.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                where p.pupil_id in (:children)
                  and not exists (select 1 from documents.answer a where a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id)
                  and (l.kind in ('LETTER', 'OPINION') or not exists (
                      select 1 from documents.answer a join documents.pub_letter m on m.school_id = a.school_id and m.letter_id = a.letter_id
                      where a.school_id = p.school_id and a.pupil_id = p.pupil_id and m.term_id = l.term_id and m.kind = 'LETTER' and a.answer = 'NO'))
                group by p.pupil_id, p.name
                """,
                Map.of("children", children));
    }

    private Task task(Unsigned u) {
        return new Task(
                u.waiting() == 1 ? "documents.task.sign" : "documents.task.sign_many",
                List.of(u.title(), u.waiting()),
                "documents.task.sign.note",
                "/children/" + u.pupil() + "/letters/" + u.first(),
                "documents.task.sign.button",
                u.answerBy(),
                state(u.answerBy()),
                u.name());
    }

    /** A class, a letter, and how many of its families have not answered. */
    private record Missing(UUID klass, String className, UUID letter, LetterKind kind, @Nullable Instant answerBy, int missing) {}

    private Question<Missing> missing(Wearer wearer) {
        return new Question<>(
                Missing.class,
                """
                select p.class_id as klass, p.class_name, l.letter_id as letter, l.kind, l.answer_by, count(*) - count(a.signed_at) as missing
                from documents.pub_letter l
                join roster.pub_pupil p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join documents.pub_answered a on a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where p.class_id in (:classes) and (l.answer_by is null or l.answer_by > :since)
                group by p.class_id, p.class_name, l.letter_id, l.kind, l.answer_by having count(*) > count(a.signed_at) order by l.kind = 'LETTER' desc, l.letter_id limit 3
                """,
                Map.of("classes", wearer.classes(), "since", Timestamp.from(clock.instant().minus(Duration.ofDays(14)))));
    }

    private Task task(Missing m) {
        return new Task(
                "documents.task.class." + m.kind(),
                List.of(m.missing()),
                "documents.task.class.note",
                "/classes/" + m.klass() + "/letters/" + m.letter(),
                "documents.task.class.button",
                m.answerBy(),
                state(m.answerBy()),
                m.className());
    }

    private record Draft(UUID letter, LetterKind kind) {}

    private static Question<Draft> drafts(UUID school) {
        return new Question<>(Draft.class, "select letter_id as letter, kind from documents.letter where school_id = :s and state = 'DRAFT' order by letter_id limit 3", Map.of("s", school));
    }

    private static Task task(Draft d) {
        return new Task("documents.task.draft." + d.kind(), List.of(), "documents.task.draft.note", "/office/letters/" + d.letter() + "/text", "documents.task.draft.button", null, State.CALM, "");
    }

    private State state(@Nullable Instant by) {
        return by != null && by.isBefore(clock.instant()) ? State.DANGER : State.ATTENTION;
    }
}
