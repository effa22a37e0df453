package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermFollowers;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.PlacementEvent;
import afterbell.term.placement.Seats;
import afterbell.term.placement.engine.FamilyTree;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Json;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.ResultFiles;
import afterbell.term.placement.engine.check.PublishedFiles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A person confirms, and all seats of a run are given in one transaction: either every family can read its result, or none. */
@Component
class PublishDraw {
    private final DrawStore store;
    private final FrozenInput input;
    private final Seats seats;
    private final Calendars calendars;
    private final Rules rules;
    private final Ids ids;
    private final Clock clock;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final TermFollowers followers;

    PublishDraw(
            DrawStore store, FrozenInput input, Seats seats, Calendars calendars, Rules rules, Ids ids, Clock clock, Audit audit, ApplicationEventPublisher events, TermFollowers followers) {
        this.store = store;
        this.input = input;
        this.seats = seats;
        this.calendars = calendars;
        this.rules = rules;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
        this.events = events;
        this.followers = followers;
    }

    @Transactional
    public Outcome<UUID> confirmClosings(Wearer me, UUID run) {
        if (!store.run(me.school(), run).state().equals("solved")) return Outcome.refused(new DrawRefusal.NotSolved());
        store.confirmClosings(me.school(), run, me.account(), clock.instant());
        audit.record(me.school(), "placement.closings_confirmed", "run", run, Map.of());
        return Outcome.done(run);
    }

    @Transactional
    public Outcome<UUID> discard(Wearer me, UUID run) {
        if (!store.discard(me.school(), run)) return Outcome.refused(new DrawRefusal.NotSolved());
        audit.record(me.school(), "placement.run_discarded", "run", run, Map.of());
        return Outcome.done(run);
    }

    @Transactional
    public Outcome<UUID> publish(Wearer me, UUID runId) {
        UUID school = me.school();
        DrawStore.RunRow run = store.run(school, runId);
        store.lockRound(school, run.round());
        if (run.state().equals("published")) return Outcome.done(runId);
        if (!run.state().equals("solved") || run.preview()) return Outcome.refused(new DrawRefusal.NotSolved());
        if (store.runs(school, run.round()).stream().anyMatch(r -> r.state().equals("published"))) return Outcome.refused(new DrawRefusal.AlreadyPublished());
        DrawStore.RoundRow round = store.round(school, run.round());
        if (!run.drawOrder().equals(round.drawOrder())) return Outcome.refused(new DrawRefusal.OtherOrder());
        Map<String, byte[]> files = store.files(school, runId);
        Optional<Instance> decided = KeptFiles.instance(files);
        int differ = decided.map(input -> differing(school, run, DeclinedWishes.restored(input, VerifyDraw.declined(files)))).orElse(0);
        if (differ > 0) return Outcome.refused(new DrawRefusal.SheetsDiffer(differ));
        List<DrawStore.ClosingRow> closings = store.closings(school, runId);
        int open = (int) closings.stream().filter(c -> !c.confirmed()).count();
        if (open > 0) return Outcome.refused(new DrawRefusal.ClosingsOpen(open));

        Instant now = clock.instant();
        Term term = calendars.term(school, run.term());
        store.openCounters(school, run.term(), round.maxClubs(), closings.stream().map(DrawStore.ClosingRow::section).toList());
        List<Seats.Wanted> wanted = wanted(school, run);
        LocalDate from = clubsFrom(term);
        Map<UUID, Seats.Answer> answers = seats.take(school, wanted, Seats.Source.DRAW, runId, me.account(), now, from);
        int refused = (int) answers.values().stream().filter(a -> !a.has()).count();
        if (refused > 0) throw new InputChangedMeanwhile(refused);
        store.addWaiting(school, run.term(), waiting(school, run), now);
        int days = rules.value(school, LocalDate.ofInstant(now, Screen.ZONE), Rule.OBJECTION_DAYS);
        store.publish(school, runId, me.account(), now, now.plus(Duration.ofDays(days)));
        decided.ifPresent(input -> store.keepLines(school, runId, lines(input, files)));
        audit.record(school, "placement.run_published", "run", runId, Map.of("seats", wanted.size(), "closed", closings.size()));
        followers.follow(school, run.term());
        events.publishEvent(new PlacementEvent.DrawPublished(school, run.term(), runId));
        return Outcome.done(runId);
    }

    /** Sheets in the run that are not the frozen ones, though their children are at the school: what was committed to was then not what was decided on. */
    private int differing(UUID school, DrawStore.RunRow run, Instance asked) {
        return KeptFiles.instance(store.frozen(school, run.round())).map(frozen -> SinceFreeze.between(frozen, asked, store.atSchool(school)).others()).orElse(0);
    }

    /** What each family checks its own line by. */
    private static Map<UUID, String> lines(Instance decided, Map<String, byte[]> files) {
        FamilyTree tree = FamilyTree.over(decided, KeptFiles.within(files, PublishedFiles::seats));
        Map<UUID, String> lines = new LinkedHashMap<>();
        for (Pupil p : decided.pupils()) lines.put(UUID.fromString(p.pupil()), Json.line(tree.of(p.pupil()).asJson()));
        return lines;
    }

    /** Undoes the whole publication: a seat of the result can't be given any more. */
    static final class InputChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int seats;

        InputChangedMeanwhile(int seats) {
            super("the sections changed since the input was frozen", null, false, false);
            this.seats = seats;
        }
    }

    private static LocalDate clubsFrom(Term term) {
        return term.dates().mondayOfWeek(term.clubsWeek());
    }

    /** One seat per child and section, in the order of the result's bytes. */
    private List<Seats.Wanted> wanted(UUID school, DrawStore.RunRow run) {
        Map<String, UUID> idOf = input.sections(school, run.term()).idOf();
        Map<UUID, DrawStore.PlaceRow> places = store.places(school, run.term());
        Map<List<Object>, Integer> best = new LinkedHashMap<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), ResultFiles.RESULT))) {
            UUID pupil = UUID.fromString(r.get(0));
            UUID section = Objects.requireNonNull(idOf.get(r.get(2)));
            best.merge(List.of(pupil, section), Integer.parseInt(r.get(3)), Math::min);
        }
        List<Seats.Wanted> all = new ArrayList<>();
        best.forEach((key, rank) -> {
            DrawStore.@Nullable PlaceRow place = places.get((UUID) key.get(0));
            // A child who left the school since the freeze takes no seat.
            if (place != null) all.add(new Seats.Wanted(ids.next(), place.pupil(), (UUID) key.get(1), place.grade(), place.band(), rank));
        });
        return all;
    }

    /**
     * Families that asked for a waiting place wait for every running section they preferred to what they have: class, empty day first, lottery. A day is
     * empty for a section where the child got nothing in any of its slots.
     */
    private List<DrawStore.WaitingRow> waiting(UUID school, DrawStore.RunRow run) {
        Map<UUID, String> modes = store.waitingModes(school, run.round());
        Map<String, UUID> idOf = input.sections(school, run.term()).idOf();
        Map<UUID, DrawStore.PlaceRow> places = store.places(school, run.term());
        Map<String, Set<String>> slotsOf = new LinkedHashMap<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), "courses.csv"))) slotsOf.put(r.get(0), Set.of(r.get(2).split(";")));
        Map<UUID, Set<String>> busy = new LinkedHashMap<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), ResultFiles.RESULT))) busy.computeIfAbsent(UUID.fromString(r.get(0)), p -> new HashSet<>()).add(r.get(1));
        Map<UUID, long[]> numbers = new LinkedHashMap<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), "pupils.csv"))) numbers.put(UUID.fromString(r.get(0)), new long[] {Long.parseLong(r.get(2)), Long.parseLong(r.get(4))});
        List<DrawStore.WaitingRow> all = new ArrayList<>();
        for (List<String> r : ResultRows.of(store.text(school, run.id(), ResultFiles.EXPLANATIONS))) {
            UUID pupil = UUID.fromString(r.get(0));
            @Nullable String mode = modes.get(pupil);
            long @Nullable [] number = numbers.get(pupil);
            DrawStore.@Nullable PlaceRow place = places.get(pupil);
            if (mode == null || number == null || place == null || List.of("not_run", "not_eligible", "clash").contains(r.get(2))) continue;
            // Its seat keeps another section above its minimum: offering a free one now would undo what the draw decided.
            if (r.get(2).equals("exchange") && r.get(3).contains("\"why\":\"minimum\"")) continue;
            boolean empty = Collections.disjoint(busy.getOrDefault(pupil, Set.of()), slotsOf.getOrDefault(r.get(1), Set.of()));
            long key = number[0] * 10_000_000 + (empty ? 0 : 1_000_000) + number[1];
            all.add(new DrawStore.WaitingRow(ids.next(), Objects.requireNonNull(idOf.get(r.get(1))), pupil, key, mode, place.grade(), place.band()));
        }
        return all;
    }
}
