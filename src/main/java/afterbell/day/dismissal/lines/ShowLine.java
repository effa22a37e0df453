package afterbell.day.dismissal.lines;

import afterbell.base.roster.WayHome;
import afterbell.base.roster.WayHome.Ways;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.Act;
import afterbell.day.custody.Afternoon;
import afterbell.day.dismissal.GoingHomeLimits;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Line;
import afterbell.day.dismissal.LineStep;
import afterbell.day.dismissal.Sight;
import afterbell.day.dismissal.lines.LinePage.Child;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** One line as its teacher, the gate and the duty leader see it. */
@Component
class ShowLine {
    private static final Duration LATEST = Duration.ofHours(12);

    private final Sight sight;
    private final LeavingStore store;
    private final WayHome wayHome;
    private final Afternoon afternoon;
    private final GoingHomeLimits limits;
    private final CommandKeys keys;
    private final JdbcClient sql;
    private final Clock clock;

    ShowLine(Sight sight, LeavingStore store, WayHome wayHome, Afternoon afternoon, GoingHomeLimits limits, CommandKeys keys, JdbcClient sql, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.wayHome = wayHome;
        this.afternoon = afternoon;
        this.limits = limits;
        this.keys = keys;
        this.sql = sql;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    LinePage page(Wearer me, UUID session, Set<UUID> staying, List<? extends Refusal> refusals) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        Line line = line(me, day, now, session);
        List<Leaving> children = store.line(me.school(), day, session);
        Map<UUID, Ways> ways = wayHome.on(me.school(), day, children.stream().map(Leaving::pupil).toList());
        Map<Boolean, List<Child>> byCover = children.stream()
                .map(c -> new Child(c, Objects.requireNonNull(ways.get(c.pupil())), staying.contains(c.pupil())))
                .collect(Collectors.partitioningBy(c -> c.leaving().inLine() && (c.ways().line() != null || c.ways().walk() != null)));
        long early = Duration.between(now.plus(limits.line(me.school(), day)), line.leaves()).toMinutes();
        return new LinePage(
                session,
                line.name(),
                line.room(),
                line.leaves(),
                Objects.requireNonNull(byCover.get(true)),
                Objects.requireNonNull(byCover.get(false)),
                line.gone(),
                line.step(),
                Math.max(0, early),
                refusals);
    }

    /** How far the line is; the last word counts, and saying the same twice changes nothing. */
    @Transactional
    void step(Wearer me, UUID session, LineStep step, UUID key) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        line(me, day, now, session);
        keys.once(key, "dismissal.step " + session + " " + step.code(), () -> {
            sql.sql("insert into dismissal.line_step (school_id, day, session_id, step, at, by) values (:s, :d, :x, :step, :at, :by)")
                    .param("s", me.school())
                    .param("d", day)
                    .param("x", session)
                    .param("step", step.code())
                    .param("at", Timestamp.from(now))
                    .param("by", me.account())
                    .update();
            return step.code();
        });
    }

    /** A child of the line that was out of the room is back with its teacher; false where that is not his to say. */
    @Transactional
    boolean back(Wearer me, UUID session, UUID pupil, UUID key) {
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Screen.ZONE);
        line(me, day, now, session);
        if (store.line(me.school(), day, session).stream().noneMatch(c -> c.pupil().equals(pupil))) throw new NotFound();
        return afternoon.act(me, new Act.Back(key, now, session, pupil)).refused().isEmpty();
    }

    private Line line(Wearer me, LocalDate day, Instant now, UUID session) {
        Sight.Seen seen = sight.of(me, day);
        return store.lines(me.school(), day, now.plus(LATEST), seen.duty().sessions(), seen.only()).stream().filter(l -> l.session().equals(session)).findFirst().orElseThrow(NotFound::new);
    }
}
