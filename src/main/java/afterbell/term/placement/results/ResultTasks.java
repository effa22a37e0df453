package afterbell.term.placement.results;

import afterbell.base.shared.access.Hat;
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
import org.springframework.stereotype.Component;

/** For two weeks after publication each child's result stands on its family's first page. */
@Component
final class ResultTasks implements TaskSource {
    private static final Duration SHOWN = Duration.ofDays(14);
    private final Clock clock;

    ResultTasks(Clock clock) {
        this.clock = clock;
    }

    @Override
    public List<Asked<?>> asked(Wearer wearer) {
        if (wearer.hat() != Hat.FAMILY) return List.of();
        List<Asked<?>> asked = new ArrayList<>();
        List<UUID> own = wearer.children(Role.GUARDIAN);
        List<UUID> seen = wearer.children(Role.GUARDIAN, Role.CARER);
        if (!own.isEmpty()) asked.add(new Asked<>(held(own), found -> found.stream().map(ResultTasks::task).toList()));
        if (!seen.isEmpty()) asked.add(new Asked<>(told(seen), found -> found.stream().map(ResultTasks::task).toList()));
        return asked;
    }

    private record Held(UUID pupil, String section, Instant until) {}

    private static Question<Held> held(List<UUID> own) {
        return new Question<>(
                Held.class,
                """
                select w.pupil_id as pupil, x.name as section, w.held_until as until from placement.waiting w join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                where w.state = 'offered' and w.pupil_id in (:own) order by w.held_until
                """,
                Map.of("own", own));
    }

    /** A held seat is the most urgent thing a family can have. */
    private static Task task(Held h) {
        return new Task("placement.task.offer", List.of(h.section()), "placement.task.offer.note", "/children/" + h.pupil() + "/result", "placement.task.offer.go", h.until(), State.ATTENTION, "");
    }

    private record Told(UUID pupil, String name, String className) {}

    private Question<Told> told(List<UUID> children) {
        return new Question<>(
                Told.class,
                """
                select p.pupil_id as pupil, p.name, p.class_name from roster.pub_pupil p
                where p.pupil_id in (:children) and p.school_id in (select school_id from placement.run where state = 'published' and published_at > :since)
                order by p.grade desc, p.pupil_id
                """,
                Map.of("children", children, "since", Timestamp.from(clock.instant().minus(SHOWN))));
    }

    private static Task task(Told p) {
        return new Task("placement.task.result", List.of(p.name()), "placement.task.result.note", "/children/" + p.pupil() + "/result", "placement.task.result.go", null, State.ATTENTION, p.className());
    }
}
