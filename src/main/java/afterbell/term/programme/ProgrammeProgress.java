package afterbell.term.programme;

import afterbell.base.calendar.Preparation.Task;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermProgress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The plan's part of the term's preparation: published or not, asked or not, which classes have no teacher. */
@Component
class ProgrammeProgress implements TermProgress {
    private final JdbcClient sql;

    ProgrammeProgress(JdbcClient sql) {
        this.sql = sql;
    }

    private record Made(boolean published, boolean asked, int duties, int named, String missing) {}

    @Override
    public Map<Task, Step> progress(UUID school, Term term) {
        Made made = sql.sql("""
                with duty as (
                    select c.name, c.grade, c.number, count(*)::int as duties, count(d.staff_id)::int as named
                    from programme.own_class_duty d join roster.pub_class c on c.school_id = d.school_id and c.class_id = d.class_id
                    where d.school_id = :s and d.term_id = :t and d.merged_into is null group by c.name, c.grade, c.number)
                select exists (select 1 from programme.plan where school_id = :s and term_id = :t and published_at is not null) as published,
                       exists (select 1 from programme.survey where school_id = :s and term_id = :t) as asked,
                       coalesce((select sum(duties) from duty), 0)::int as duties, coalesce((select sum(named) from duty), 0)::int as named,
                       coalesce((select string_agg(name || ' (' || duties - named || ')', '|' order by grade, number) from duty where named < duties), '') as missing
                """)
                .param("s", school)
                .param("t", term.id())
                .query(Made.class)
                .single();
        List<String> missing = made.missing().isEmpty() ? List.of() : List.of(made.missing().split("\\|"));
        return Map.of(
                Task.PUBLISH_PLAN, Step.of(made.published(), "/programme/publication"),
                Task.DEMAND_SURVEY, Step.of(made.asked(), "/programme/survey"),
                Task.TIMETABLE_AND_TEACHERS, made.duties() == 0 ? Step.of(false, "/programme/duties") : Step.of(made.named(), made.duties(), missing, "/programme/duties"));
    }
}
