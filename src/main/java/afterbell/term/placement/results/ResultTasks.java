package afterbell.term.placement.results;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** For two weeks after publication each child's result stands on its family's first page. */
@Component
final class ResultTasks implements TaskSource {
    private static final Duration SHOWN = Duration.ofDays(14);
    private final JdbcClient sql;
    private final Roster roster;
    private final Clock clock;

    ResultTasks(JdbcClient sql, Roster roster, Clock clock) {
        this.sql = sql;
        this.roster = roster;
        this.clock = clock;
    }

    @Override
    public List<Task> tasks(Wearer wearer) {
        if (wearer.hat() != Hat.FAMILY) return List.of();
        Set<UUID> schools = new HashSet<>(sql.sql("select school_id from placement.run where state = 'published' and published_at > :since")
                .param("since", Timestamp.from(clock.instant().minus(SHOWN)))
                .query(UUID.class)
                .list());
        if (schools.isEmpty()) return List.of();
        List<UUID> own = wearer.children(Role.GUARDIAN, Role.CARER);
        return roster.children(own).stream()
                .filter(p -> schools.contains(wearer.schoolOf(p.id())))
                .map(ResultTasks::task)
                .toList();
    }

    private static Task task(Pupil p) {
        return new Task("placement.task.result", List.of(p.name()), "placement.task.result.note", "/children/" + p.id() + "/result", "placement.task.result.go", null, State.ATTENTION, p.className());
    }
}
