package afterbell.term.enrolment;

import afterbell.base.calendar.Preparation.Task;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermProgress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The round's part of the term's preparation: how many families have answered, and which classes are behind. Never what they answered. */
@Component
class EnrolmentProgress implements TermProgress {
    private final JdbcClient sql;

    EnrolmentProgress(JdbcClient sql) {
        this.sql = sql;
    }

    private record OfClass(String name, int pupils, int answered) {}

    @Override
    public Map<Task, Step> progress(UUID school, Term term) {
        List<OfClass> classes = sql.sql("""
                select p.class_name as name, count(*)::int as pupils, count(a.pupil_id)::int as answered
                from (select * from enrolment.round where school_id = :s and term_id = :t and state <> 'draft' order by opens_at desc limit 1) r
                join roster.pub_pupil p on p.school_id = r.school_id
                left join enrolment.answer a on a.school_id = r.school_id and a.round_id = r.round_id and a.pupil_id = p.pupil_id
                group by p.class_name, p.grade, p.class_number order by p.grade, p.class_number
                """)
                .param("s", school)
                .param("t", term.id())
                .query(OfClass.class)
                .list();
        if (classes.isEmpty()) return Map.of(Task.CLUB_ROUND, Step.of(false, "/rounds"));
        int pupils = classes.stream().mapToInt(OfClass::pupils).sum();
        int answered = classes.stream().mapToInt(OfClass::answered).sum();
        List<String> behind = classes.stream().filter(c -> c.answered() < c.pupils()).map(c -> c.name() + " (" + (c.pupils() - c.answered()) + ")").toList();
        return Map.of(Task.CLUB_ROUND, Step.of(answered, pupils, behind, "/rounds"));
    }
}
