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
import java.time.Instant;
import java.util.ArrayList;
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
        List<Task> all = new ArrayList<>(offers(wearer));
        Set<UUID> schools = new HashSet<>(sql.sql("select school_id from placement.run where state = 'published' and published_at > :since")
                .param("since", Timestamp.from(clock.instant().minus(SHOWN)))
                .query(UUID.class)
                .list());
        if (schools.isEmpty()) return all;
        List<UUID> own = wearer.children(Role.GUARDIAN, Role.CARER);
        roster.children(own).stream().filter(p -> schools.contains(wearer.schoolOf(p.id()))).map(ResultTasks::task).forEach(all::add);
        return all;
    }

    private record Held(UUID pupil, String section, Instant until) {}

    /** A held seat is the most urgent thing a family can have. */
    private List<Task> offers(Wearer wearer) {
        List<UUID> own = wearer.children(Role.GUARDIAN);
        if (own.isEmpty()) return List.of();
        return sql.sql("""
                select w.pupil_id as pupil, x.name as section, w.held_until as until from placement.waiting w join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                where w.state = 'offered' and w.pupil_id in (:own) order by w.held_until
                """)
                .param("own", own)
                .query(Held.class)
                .list()
                .stream()
                .map(h -> new Task("placement.task.offer", List.of(h.section()), "placement.task.offer.note", "/children/" + h.pupil() + "/result", "placement.task.offer.go", h.until(), State.ATTENTION, ""))
                .toList();
    }

    private static Task task(Pupil p) {
        return new Task("placement.task.result", List.of(p.name()), "placement.task.result.note", "/children/" + p.id() + "/result", "placement.task.result.go", null, State.ATTENTION, p.className());
    }
}
