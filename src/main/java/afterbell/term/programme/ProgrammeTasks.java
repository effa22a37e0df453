package afterbell.term.programme;

import afterbell.base.calendar.Term;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What waits in the programme: the office's plan until it is public, a family's survey. */
@Component
class ProgrammeTasks implements TaskSource {
    private final Plans plans;
    private final JdbcClient sql;

    ProgrammeTasks(Plans plans, JdbcClient sql) {
        this.plans = plans;
        this.sql = sql;
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        return wearer.is(Role.OFFICE) ? plans.term(wearer.school(), null).map(term -> office(wearer.school(), term)).orElse(List.of()) : List.of();
    }

    private record Made(int cells, int duties, int named, int sections, int drafts, @Nullable Timestamp published) {}

    // The next step alone: grid, then teachers, then the menu, then publication.
    private List<Task> office(UUID school, Term term) {
        Made made = sql.sql("""
                select (select count(*)::int from programme.cell where school_id = :s and term_id = :t) as cells,
                       (select count(*)::int from programme.own_class_duty where school_id = :s and term_id = :t and merged_into is null) as duties,
                       (select count(*)::int from programme.own_class_duty where school_id = :s and term_id = :t and merged_into is null and staff_id is not null) as named,
                       (select count(*)::int from programme.section where school_id = :s and term_id = :t and state <> 'withdrawn') as sections,
                       (select count(*)::int from programme.section where school_id = :s and term_id = :t and state = 'draft') as drafts,
                       (select published_at from programme.plan where school_id = :s and term_id = :t) as published
                """)
                .param("s", school)
                .param("t", term.id())
                .query(Made.class)
                .single();
        LocalDate due = term.dates().first().minusDays(2);
        if (made.cells() == 0) return List.of(task("plan", List.of(), "/programme", due));
        if (made.published() == null) return List.of(task("publish", List.of(made.sections()), "/programme/publication", due));
        if (made.drafts() > 0) return List.of(task("drafts", List.of(made.drafts()), "/programme/publication", null));
        if (made.named() < made.duties()) return List.of(task("duties", List.of(made.duties() - made.named()), "/programme/duties", term.dates().mondayOfWeek(term.serviceWeek())));
        return List.of();
    }

    private Task task(String key, List<Object> facts, String href, @Nullable LocalDate due) {
        String name = "programme.task." + key;
        boolean late = due != null && due.isBefore(plans.today());
        return new Task(name, facts, name + ".note", href, name + ".go", due == null ? null : endOf(due), late ? State.DANGER : State.ATTENTION, "");
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(Screen.ZONE).minusMinutes(1).toInstant();
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        List<UUID> children = wearer.children(Role.GUARDIAN);
        return children.isEmpty() ? List.of() : List.of(new Asked<>(surveys(children), found -> found.stream().map(ProgrammeTasks::task).toList()));
    }

    private record Open(UUID pupil, String name, LocalDate closesOn) {}

    private Question<Open> surveys(List<UUID> children) {
        return new Question<>(
                Open.class,
                """
                select p.pupil_id as pupil, p.name, v.closes_on from programme.survey v join roster.pub_pupil p using (school_id)
                where p.pupil_id in (:children) and v.state = 'open' and v.closes_on >= :today
                  and not exists (select 1 from programme.survey_answer a where a.school_id = v.school_id and a.survey_id = v.survey_id and a.pupil_id = p.pupil_id)
                """,
                Map.of("children", children, "today", plans.today()));
    }

    private static Task task(Open o) {
        return new Task(
                "programme.task.survey", List.of(o.name()), "programme.task.survey.note", "/children/" + o.pupil() + "/survey", "programme.task.survey.go", endOf(o.closesOn()), State.CALM, o.name());
    }
}
