package afterbell.reach.documents;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits: a family's letters to be signed, a class's missing answers, the office's drafts. */
@Component
class DocumentsTasks implements TaskSource {
    private final JdbcClient sql;
    private final Clock clock;

    DocumentsTasks(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        List<Task> tasks = new ArrayList<>();
        if (wearer.is(Role.GUARDIAN, Role.CARER)) tasks.addAll(family(wearer));
        if (wearer.is(Role.CLASS_TEACHER)) tasks.addAll(classes(wearer));
        if (wearer.is(Role.OFFICE)) tasks.addAll(office(wearer));
        return tasks;
    }

    private List<Task> family(Wearer wearer) {
        return sql.sql("""
                select p.pupil_id, p.name, count(*) as waiting, (array_agg(l.letter_id order by case l.kind when 'LETTER' then 0 when 'APPLICATION' then 1 else 2 end, l.letter_id))[1] as first,
                       (array_agg(l.read order by case l.kind when 'LETTER' then 0 when 'APPLICATION' then 1 else 2 end, l.letter_id))[1] as title, min(l.answer_by) as answer_by
                from roster.pub_pupil p
                join (select l.*, e.title as read from documents.letter l join documents.edition e on e.school_id = l.school_id and e.letter_id = l.letter_id and e.edition = l.edition where l.state = 'PUBLISHED') l
                  on l.school_id = p.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                where p.pupil_id in (:children)
                  and not exists (select 1 from documents.answer a where a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id)
                  and (l.kind = 'LETTER' or not exists (
                      select 1 from documents.answer a join documents.pub_letter m on m.school_id = a.school_id and m.letter_id = a.letter_id
                      where a.school_id = p.school_id and a.pupil_id = p.pupil_id and m.term_id = l.term_id and m.kind = 'LETTER' and a.answer = 'NO'))
                group by p.pupil_id, p.name
                """)
                .param("children", wearer.children(Role.GUARDIAN, Role.CARER))
                .query((r, n) -> {
                    int waiting = r.getInt("waiting");
                    @Nullable Timestamp by = r.getTimestamp("answer_by");
                    return new Task(
                            waiting == 1 ? "documents.task.sign" : "documents.task.sign_many",
                            List.of(r.getString("title"), waiting),
                            "documents.task.sign.note",
                            "/children/" + r.getObject("pupil_id", UUID.class) + "/letters/" + r.getObject("first", UUID.class),
                            "documents.task.sign.button",
                            by == null ? null : by.toInstant(),
                            state(by == null ? null : by.toInstant()),
                            r.getString("name"));
                })
                .list();
    }

    private List<Task> classes(Wearer wearer) {
        if (wearer.classes().isEmpty()) return List.of();
        return sql.sql("""
                select p.class_id, p.class_name, l.letter_id, l.kind, l.answer_by, count(*) - count(a.signed_at) as missing
                from documents.pub_letter l
                join roster.pub_pupil p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join documents.pub_answered a on a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where p.class_id in (:classes) and (l.answer_by is null or l.answer_by > :since)
                group by p.class_id, p.class_name, l.letter_id, l.kind, l.answer_by having count(*) > count(a.signed_at) order by l.kind = 'LETTER' desc, l.letter_id limit 3
                """)
                .param("classes", wearer.classes())
                .param("since", Timestamp.from(clock.instant().minus(Duration.ofDays(14))))
                .query((r, n) -> {
                    @Nullable Timestamp by = r.getTimestamp("answer_by");
                    return new Task(
                            "documents.task.class." + r.getString("kind"),
                            List.of(r.getInt("missing")),
                            "documents.task.class.note",
                            "/classes/" + r.getObject("class_id", UUID.class) + "/letters/" + r.getObject("letter_id", UUID.class),
                            "documents.task.class.button",
                            by == null ? null : by.toInstant(),
                            state(by == null ? null : by.toInstant()),
                            r.getString("class_name"));
                })
                .list();
    }

    private List<Task> office(Wearer wearer) {
        return sql.sql("select letter_id, kind from documents.letter where school_id = :s and state = 'DRAFT' order by letter_id limit 3")
                .param("s", wearer.school())
                .query((r, n) -> new Task("documents.task.draft." + r.getString("kind"), List.of(), "documents.task.draft.note", "/office/letters/" + r.getObject("letter_id", UUID.class) + "/text", "documents.task.draft.button", null, State.CALM, ""))
                .list();
    }

    private State state(@Nullable Instant by) {
        return by != null && by.isBefore(clock.instant()) ? State.DANGER : State.ATTENTION;
    }
}
