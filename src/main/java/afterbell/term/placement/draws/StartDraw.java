package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reveals the public value and starts runs on the frozen input. */
@Component
class StartDraw {
    private final DrawStore store;
    private final CommitLottery lottery;
    private final Ids ids;
    private final Clock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    StartDraw(DrawStore store, CommitLottery lottery, Ids ids, Clock clock, Audit audit, ApplicationEventPublisher events) {
        this.store = store;
        this.lottery = lottery;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
    }

    /** A run waits for a worker. */
    record RunQueued(UUID school, UUID run) {}

    @Transactional
    public Outcome<UUID> reveal(Wearer me, UUID round, String publicValue) {
        DrawStore.RoundRow row = store.round(me.school(), round);
        if (!row.state().equals("closed")) return Outcome.refused(new DrawRefusal.RoundStillOpen());
        String value = publicValue.strip();
        if (value.isEmpty() || value.length() > 100) return Outcome.refused(new DrawRefusal.ValueMissing());
        lottery.run(me.school(), round, "welfare-lottery-3d");
        if (store.reveal(me.school(), round, value, clock.instant())) audit.record(me.school(), "placement.lottery_revealed", "round", round, Map.of());
        return Outcome.done(round);
    }

    @Transactional
    public Outcome<UUID> start(Wearer me, UUID round, String order, boolean preview) {
        UUID school = me.school();
        DrawStore.RoundRow row = store.round(school, round);
        if (!row.state().equals("closed")) return Outcome.refused(new DrawRefusal.RoundStillOpen());
        Optional<DrawStore.LotteryRow> drawn = store.lottery(school, round).filter(l -> l.publicValue() != null);
        if (drawn.isEmpty()) return Outcome.refused(new DrawRefusal.NotRevealed());
        store.lockRound(school, round);
        if (store.runs(school, round).stream().anyMatch(r -> r.state().equals("published"))) return Outcome.refused(new DrawRefusal.AlreadyPublished());
        if (store.runs(school, round).stream().anyMatch(r -> r.state().equals("waiting") || r.state().equals("running"))) return Outcome.refused(new DrawRefusal.Running());
        DrawStore.LotteryRow l = drawn.get();
        Instance instance = lottery.drawn(school, row, l.seed(), l.publicValue() == null ? "" : l.publicValue());
        if (instance.wishes().isEmpty() && instance.fixed().isEmpty()) return Outcome.refused(new DrawRefusal.NothingWished());
        UUID run = ids.next();
        Instant now = clock.instant();
        store.add(school, run, row, order, preview, me.account(), now);
        InstanceFiles.canonical(instance).forEach((name, text) -> store.putFile(school, run, name, text.getBytes(StandardCharsets.UTF_8)));
        audit.record(school, "placement.run_started", "run", run, Map.of("order", order, "preview", preview));
        events.publishEvent(new RunQueued(school, run));
        return Outcome.done(run);
    }
}
