package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.Marks;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Order;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reveals the public value and starts runs on the frozen input. */
@Component
class StartDraw {
    private static final Set<String> KNOWN = Arrays.stream(Order.values()).map(Order::code).collect(Collectors.toUnmodifiableSet());

    private final DrawStore store;
    private final CommitLottery lottery;
    private final FrozenInput input;
    private final Marks marks;
    private final Rules rules;
    private final Ids ids;
    private final Clock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    StartDraw(DrawStore store, CommitLottery lottery, FrozenInput input, Marks marks, Rules rules, Ids ids, Clock clock, Audit audit, ApplicationEventPublisher events) {
        this.store = store;
        this.lottery = lottery;
        this.input = input;
        this.marks = marks;
        this.rules = rules;
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
        if (row.reviewing()) return Outcome.refused(new DrawRefusal.InReview(row.reviewUntil()));
        String value = publicValue.strip();
        if (value.isEmpty() || value.length() > 100) return Outcome.refused(new DrawRefusal.ValueMissing());
        store.holdLottery(me.school(), round);
        Optional<DrawStore.LotteryRow> committed = store.lottery(me.school(), round);
        if (committed.isEmpty()) return Outcome.refused(new DrawRefusal.NotCommitted());
        DrawStore.LotteryRow stands = committed.get();
        if (stands.publicValue() == null && !lottery.stands(me.school(), row, stands)) return Outcome.refused(new DrawRefusal.SheetsMoved());
        if (store.reveal(me.school(), round, value, clock.instant())) audit.record(me.school(), "placement.lottery_revealed", "round", round, Map.of());
        return Outcome.done(round);
    }

    /** Before the public value stands, a changed input is committed to anew; what was committed to before stays readable. */
    @Transactional
    public Outcome<UUID> commitAgain(Wearer me, UUID round) {
        DrawStore.RoundRow row = store.round(me.school(), round);
        if (!row.state().equals("closed")) return Outcome.refused(new DrawRefusal.RoundStillOpen());
        if (row.reviewing()) return Outcome.refused(new DrawRefusal.InReview(row.reviewUntil()));
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        lottery.again(me.school(), round, rules.value(me.school(), today, Rule.LOTTERY_VALUE) + " " + today.plusDays(1), "again");
        return Outcome.done(round);
    }

    /** @param order empty for the round's own; another one only as a preview, for comparing: it was settled before the round opened */
    @Transactional
    public Outcome<UUID> start(Wearer me, UUID round, String order, boolean preview) {
        UUID school = me.school();
        DrawStore.RoundRow row = store.round(school, round);
        String wanted = order.isEmpty() ? row.drawOrder() : order;
        if (!KNOWN.contains(wanted) || !preview && !wanted.equals(row.drawOrder())) return Outcome.refused(new DrawRefusal.OtherOrder());
        return switch (ready(school, row)) {
            case Outcome.Refused<CommitLottery.Drawn>(List<Refusal> why) -> Outcome.refused(why);
            case Outcome.Done<CommitLottery.Drawn>(CommitLottery.Drawn drawn) -> Outcome.done(queue(me, row, decided(school, row, drawn.instance()), drawn.held(), wanted, preview, ""));
        };
    }

    /** The input that may be solved now, while others wait. */
    private Outcome<CommitLottery.Drawn> ready(UUID school, DrawStore.RoundRow row) {
        if (!row.state().equals("closed")) return Outcome.refused(new DrawRefusal.RoundStillOpen());
        DrawStore.@Nullable LotteryRow lots = store.lottery(school, row.id()).orElse(null);
        if (lots == null || lots.publicValue() == null) return Outcome.refused(new DrawRefusal.NotRevealed());
        store.lockRound(school, row.id());
        List<DrawStore.RunRow> runs = store.runs(school, row.id());
        if (runs.stream().anyMatch(r -> r.state().equals("published"))) return Outcome.refused(new DrawRefusal.AlreadyPublished());
        if (runs.stream().anyMatch(r -> r.state().equals("waiting") || r.state().equals("running"))) return Outcome.refused(new DrawRefusal.Running());
        Optional<CommitLottery.Drawn> drawn = lottery.drawn(school, row, lots, lots.publicValue());
        if (drawn.isEmpty()) return Outcome.refused(new DrawRefusal.SectionsMoved());
        if (isEmpty(drawn.get().instance())) return Outcome.refused(new DrawRefusal.NothingWished());
        return Outcome.done(drawn.get());
    }

    private static boolean isEmpty(Instance instance) {
        return instance.wishes().isEmpty() && instance.fixed().isEmpty();
    }

    private DeclinedWishes decided(UUID school, DrawStore.RoundRow round, Instance asked) {
        return DeclinedWishes.of(asked, marks.declined(school, round.id()), input.sections(school, round.term()).codeOf());
    }

    /** What is tried for comparing. */
    private record Trial(String order, String variation) {}

    private static final List<Trial> TRIALS =
            List.of(new Trial("fair", ""), new Trial("priority", ""), new Trial("cost", ""), new Trial("da", ""), new Trial("fair", "no_siblings"), new Trial("fair", "no_minimum"));

    /** The price of each switch: a quick preview of every order, priority before nobody with nothing among them, and of the fair one without siblings together and without least sizes. */
    @Transactional
    public Outcome<UUID> compare(Wearer me, UUID round) {
        UUID school = me.school();
        DrawStore.RoundRow row = store.round(school, round);
        return switch (ready(school, row)) {
            case Outcome.Refused<CommitLottery.Drawn>(List<Refusal> why) -> Outcome.refused(why);
            case Outcome.Done<CommitLottery.Drawn>(CommitLottery.Drawn drawn) -> {
                DeclinedWishes decided = decided(school, row, drawn.instance());
                for (Trial t : TRIALS) queue(me, row, new DeclinedWishes(varied(decided.input(), t.variation()), decided.rows()), drawn.held(), t.order(), true, t.variation());
                yield Outcome.done(round);
            }
        };
    }

    /** The input as a trial is solved on it. */
    static Instance varied(Instance instance, String variation) {
        return switch (variation) {
            case "no_siblings" -> new Instance(
                    instance.sections(),
                    instance.pupils().stream().map(p -> new Pupil(p.pupil(), p.grade(), p.priorityClass(), null, p.lottery(), p.demand(), p.previous(), p.home(), p.limit(), p.shielded())).toList(),
                    instance.wishes(),
                    instance.bands(),
                    instance.fixed());
            case "no_minimum" -> new Instance(
                    instance.sections().stream().map(s -> new Section(s.course(), s.activity(), s.slots(), s.capacity(), Math.min(1, s.minSize()), s.gradeLo(), s.gradeHi(), s.ends(), s.classSeats())).toList(),
                    instance.pupils(),
                    instance.wishes(),
                    instance.bands(),
                    instance.fixed());
            default -> instance;
        };
    }

    private UUID queue(Wearer me, DrawStore.RoundRow row, DeclinedWishes decided, int held, String order, boolean preview, String variation) {
        UUID school = me.school();
        UUID run = ids.next();
        store.add(school, run, row, order, preview, variation, held, me.account(), clock.instant());
        InstanceFiles.canonical(decided.input()).forEach((name, text) -> store.putFile(school, run, name, text.getBytes(StandardCharsets.UTF_8)));
        if (!decided.rows().isEmpty()) store.putFile(school, run, DeclinedWishes.FILE, decided.csv().getBytes(StandardCharsets.UTF_8));
        audit.record(school, "placement.run_started", "run", run, Map.of("order", order, "preview", preview, "variation", variation, "as_frozen", held));
        events.publishEvent(new RunQueued(school, run));
        return run;
    }
}
