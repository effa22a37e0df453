package afterbell.reach.documents;

import afterbell.base.calendar.Preparation.Task;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermProgress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The letter's part of the term's preparation: whether it is out, and whose receipts are missing. */
@Component
class DocumentsProgress implements TermProgress {
    private final JdbcClient sql;

    DocumentsProgress(JdbcClient sql) {
        this.sql = sql;
    }

    private record OfClass(boolean letter, String name, int pupils, int signed) {}

    @Override
    public Map<Task, Step> progress(UUID school, Term term) {
        List<OfClass> classes = sql.sql("""
                select l.kind = 'LETTER' as letter, p.class_name as name, count(*)::int as pupils, count(a.signed_at)::int as signed
                from documents.pub_letter l
                join roster.pub_pupil p on p.school_id = l.school_id and (cardinality(l.grades) = 0 or p.grade = any(l.grades))
                left join documents.pub_answered a on a.school_id = l.school_id and a.letter_id = l.letter_id and a.pupil_id = p.pupil_id
                where l.school_id = :s and l.term_id = :t and l.kind in ('LETTER', 'APPLICATION', 'SAFETY', 'SERVICE', 'PICKUP')
                  and (l.kind = 'LETTER' or not exists (
                      select 1 from documents.answer n join documents.pub_letter m on m.school_id = n.school_id and m.letter_id = n.letter_id
                      where n.school_id = p.school_id and n.pupil_id = p.pupil_id and m.term_id = l.term_id and m.kind = 'LETTER' and n.answer = 'NO'))
                group by l.kind = 'LETTER', p.class_name, p.grade, p.class_number order by p.grade, p.class_number
                """)
                .param("s", school)
                .param("t", term.id())
                .query(OfClass.class)
                .list();
        Map<Task, Step> steps = new EnumMap<>(Task.class);
        List<OfClass> letters = classes.stream().filter(OfClass::letter).toList();
        List<OfClass> agreements = classes.stream().filter(c -> !c.letter()).toList();
        steps.put(Task.REGISTRATION, Step.of(!letters.isEmpty(), "/office/letters"));
        if (!letters.isEmpty()) steps.put(Task.COLLECT_RECEIPTS, step(letters));
        if (!agreements.isEmpty()) steps.put(Task.AGREEMENTS, step(agreements));
        return steps;
    }

    private static Step step(List<OfClass> classes) {
        int pupils = classes.stream().mapToInt(OfClass::pupils).sum();
        int signed = classes.stream().mapToInt(OfClass::signed).sum();
        return Step.of(signed, pupils, classes.stream().filter(c -> c.signed() < c.pupils()).map(c -> c.name() + " (" + (c.pupils() - c.signed()) + ")").toList(), "/office/letters");
    }
}
