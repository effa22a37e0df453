package afterbell.base.roster.standings;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.TaskSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Priorities and exemptions that wait for a second pair of eyes: whoever entered one is not asked to confirm it. */
@Component
final class StandingTasks implements TaskSource {
    /** How many wait. */
    record Waiting(int standings) {}

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (!me.is(Role.OFFICE, Role.PRINCIPAL)) return List.of();
        return List.of(new Asked<>(waitingOf(me.school(), me.account()), found -> found.stream().filter(w -> w.standings() > 0).map(StandingTasks::task).toList()));
    }

    private static Question<Waiting> waitingOf(UUID school, UUID account) {
        return new Question<>(
                Waiting.class,
                """
                select count(*)::int as standings from roster.standing s
                where s.school_id = :school and s.ended_by is null and s.confirmed_by is null and s.entered_by is not null and s.entered_by <> :me
                """,
                Map.of("school", school, "me", account));
    }

    private static Task task(Waiting w) {
        return new Task("roster.standing.task", List.of(w.standings()), "roster.standing.task.note", "/standings", "roster.standing.task.go", null, State.ATTENTION, "");
    }
}
