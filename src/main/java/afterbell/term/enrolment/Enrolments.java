package afterbell.term.enrolment;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What families asked, for this room's screens and the rooms that come after it. Every call stays inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Enrolments {
    private final RoundStore rounds;
    private final SheetStore sheets;
    private final MenuStore menus;
    private final SaveSheet saveSheet;
    private final EnterSheets enterSheets;
    private final CloseRound closeRound;
    private final ReviewStore reviews;
    private final Notices notices;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    Enrolments(RoundStore rounds, SheetStore sheets, MenuStore menus, SaveSheet saveSheet, EnterSheets enterSheets, CloseRound closeRound, ReviewStore reviews, Notices notices, Audit audit, ApplicationEventPublisher events) {
        this.rounds = rounds;
        this.sheets = sheets;
        this.menus = menus;
        this.saveSheet = saveSheet;
        this.enterSheets = enterSheets;
        this.closeRound = closeRound;
        this.reviews = reviews;
        this.notices = notices;
        this.audit = audit;
        this.events = events;
    }

    /** All rounds of the school, the one closing last first. */
    public List<Round> rounds(UUID school) {
        return rounds.all(school);
    }

    public Round round(UUID school, UUID round) {
        return rounds.get(school, round).orElseThrow(NotFound::new);
    }

    /** The same, and nobody else changes it until this transaction ends; saves of sheets go on. */
    @Transactional
    public Round lockedRound(UUID school, UUID round) {
        return rounds.getLocked(school, round).orElseThrow(NotFound::new);
    }

    /** The round that takes answers now, else the one that closed last; empty where the school never had one. */
    public Optional<Round> current(UUID school, Instant at) {
        List<Round> all = rounds.all(school).stream().filter(r -> r.state() != Round.State.DRAFT).toList();
        return all.stream().filter(r -> r.takesAnswersAt(at)).findFirst().or(() -> all.stream().findFirst());
    }

    /** The announced and closed rounds of these children, latest first. */
    public List<ChildRound> of(List<UUID> children) {
        return rounds.forChildren(children);
    }

    public FamilySheet sheet(UUID school, UUID round, UUID child) {
        return sheets.read(school, round, child).filter(s -> s.round().state() != Round.State.DRAFT).orElseThrow(NotFound::new);
    }

    public List<FamilySheet.Change> changes(UUID school, UUID round, UUID child) {
        return sheets.changes(school, round, child);
    }

    /** What can be asked in a grade; up to five seconds old. */
    public Menu menu(UUID school, UUID term, int grade) {
        return menus.recent(school, term, grade);
    }

    public List<Menu.Fixed> fixed(UUID school, UUID term, UUID child) {
        return menus.fixed(school, term, child);
    }

    /** Why this sheet could not be saved now; for a page that shows what was typed. */
    public List<SheetRefusal> clashes(Menu menu, List<Menu.Fixed> fixed, Sheet asked) {
        return SheetPolicy.content(menu, fixed, asked);
    }

    /** What a family that has not answered yet finds prefilled: the days and noons of its last answer; empty where there is none. */
    public Optional<Sheet> proposed(UUID school, FamilySheet sheet) {
        FamilySheet.@Nullable Before before = sheet.before();
        if (before == null) return Optional.empty();
        Sheet proposal = SheetPolicy.proposed(menus.recentSlots(school, before.term(), before.grade()), before, menus.recent(school, sheet.round().term(), sheet.child().grade()));
        return proposal.complete() ? Optional.of(proposal) : Optional.empty();
    }

    /** A sheet of one child as it suits another. */
    public Sheet copied(Menu from, Sheet answers, Menu to, List<Menu.Fixed> fixed) {
        return SheetPolicy.copied(from, answers, to, fixed);
    }

    /** Saves; opens its own transaction, so that a refusal leaves no trace. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public Outcome<Integer> save(SheetCommand command) {
        return saveSheet.save(command);
    }

    /** The family's one tap against what was entered for it; repeating it changes nothing. */
    @Transactional
    public void object(UUID school, UUID round, UUID child, UUID by, Instant at) {
        sheet(school, round, child);
        if (!sheets.object(school, round, child, at)) return;
        audit.record(school, "enrolment.objected", "pupil", child, Map.of("round", round));
        events.publishEvent(new EnrolmentEvent.Objected(school, round, child, by));
    }

    /**
     * A reviewer passes sheets that stand before a step.
     *
     * @return how many stood there and have moved
     */
    @Transactional
    public int pass(UUID school, Round round, int step, List<UUID> children, UUID by, Instant at) {
        int moved = reviews.pass(school, round, step, children, by, at);
        if (moved > 0 && step == round.reviewSteps().size() - 1) closeRound.endWhereThrough(school, round, at);
        return moved;
    }

    /** A reviewer gives sheets back; the families are told and can save again until the step ends. */
    @Transactional
    public int giveBack(UUID school, Round round, int step, List<UUID> children, String reason, UUID by, Instant at) {
        List<UUID> back = reviews.giveBack(school, round, step, children, reason, by, at);
        if (back.isEmpty()) return 0;
        notices.tell(new NewNotice(school, "enrolment.sheet_returned", Words.of("enrolment.notice.returned"), "/sheets", new Audience.Children(Set.copyOf(back), true)).about(round.id()));
        back.forEach(child -> events.publishEvent(new EnrolmentEvent.Returned(school, round.id(), child, reason)));
        return back.size();
    }

    /** Writes a round as it is given, without the checks that the office's page makes: for imports, scenarios and the demo world. */
    @Transactional
    public void put(UUID school, Round round) {
        rounds.put(school, round);
    }

    /** Closes a round whose time is over at this instant; closing twice is closing once. */
    @Transactional
    public void close(UUID school, UUID round, Instant at) {
        closeRound.close(school, round, at);
    }

    /** Sends on what its reviewers left beyond their share of the time (C2); the house's clock does so every few seconds. */
    @Transactional
    public void forwardReviews(UUID school, Instant at) {
        closeRound.forward(school, at);
    }

    /**
     * Saves many first sheets at once, each as if its own person had done so at that instant; a child that has a sheet keeps it. For imports,
     * scenarios and the demo world.
     *
     * @return how many were saved
     */
    @Transactional
    public int enterAll(UUID school, UUID round, List<Entry> entries, boolean forFamily) {
        return enterSheets.enter(school, rounds.get(school, round).orElseThrow(NotFound::new), entries, forFamily);
    }

    /** One child's answer among many. */
    public record Entry(UUID child, int grade, Sheet asked, UUID by, Instant at) {}
}
