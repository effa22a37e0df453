package afterbell.term.enrolment.choosing;

import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.term.enrolment.ChildRound;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.SheetCommand;
import afterbell.term.enrolment.SheetRefusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The sheet, for guardians: shown, saved as one goes, copied from a sibling, objected to. */
@Controller
@Allowed(Role.GUARDIAN)
final class SheetController {
    private static final String SHEET = "enrolment/choosing/sheet";

    private final Enrolments enrolments;
    private final ShowSheet showSheet;
    private final ProposalStore proposals;
    private final Clock clock;

    SheetController(Enrolments enrolments, ShowSheet showSheet, ProposalStore proposals, Clock clock) {
        this.enrolments = enrolments;
        this.showSheet = showSheet;
        this.proposals = proposals;
        this.clock = clock;
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/sheets")
    ModelAndView children(Wearer me) {
        List<ChildRound> all = enrolments.of(me.children(Role.GUARDIAN, Role.CARER));
        return Pages.show("enrolment/choosing/children", new ChildrenPage(all, proposals.open(me.children(Role.GUARDIAN), clock.instant()), me.children(Role.GUARDIAN), clock.instant()));
    }

    @GetMapping("/children/{child}/sheet")
    ModelAndView current(Wearer me, @PathVariable UUID child) {
        UUID school = schoolOf(me, child);
        return enrolments.current(school, clock.instant()).map(r -> Pages.done(SheetPage.href(child, r.id()))).orElseGet(() -> Pages.done("/sheets"));
    }

    /**
     * A carer sees the own proposal, a guardian the sheet.
     *
     * @param proposal account of a carer whose proposal a guardian wants to look at; nothing is saved by looking
     */
    @Allowed({Role.GUARDIAN, Role.CARER})
    @GetMapping("/children/{child}/sheet/{round}")
    ModelAndView show(Wearer me, @PathVariable UUID child, @PathVariable UUID round, @RequestParam(defaultValue = "") String proposal) {
        if (proposes(me, child)) return proposed(me, me.schoolOf(child), child, round, me.account());
        UUID school = schoolOf(me, child);
        Optional<UUID> by = Ids.parse(proposal);
        return by.isPresent() ? proposed(me, school, child, round, by.get()) : Pages.show(SHEET, showSheet.saved(me, school, round, child));
    }

    private ModelAndView proposed(Wearer me, UUID school, UUID child, UUID round, UUID by) {
        return proposals.of(school, round, child, by)
                .map(fields -> {
                    Map<String, String[]> all = new HashMap<>(fields);
                    all.put("version", new String[] {Integer.toString(enrolments.sheet(school, round, child).version())});
                    return Pages.show(SHEET, showSheet.typed(me, school, round, child, SheetForm.of(all), List.of()));
                })
                .orElseGet(() -> Pages.show(SHEET, showSheet.saved(me, school, round, child)));
    }

    private static boolean proposes(Wearer me, UUID child) {
        return !me.children(Role.GUARDIAN).contains(child) && me.children(Role.CARER).contains(child);
    }

    @Allowed({Role.GUARDIAN, Role.CARER})
    @PostMapping("/children/{child}/sheet/{round}")
    ModelAndView save(
            Wearer me, @PathVariable UUID child, @PathVariable UUID round, @RequestParam("_key") UUID key, @RequestParam(defaultValue = "") String move, HttpServletRequest request, RedirectAttributes redirect) {
        Instant at = clock.instant();
        if (proposes(me, child)) return propose(me, child, round, move, request.getParameterMap(), redirect);
        UUID school = schoolOf(me, child);
        SheetForm typed = SheetForm.of(request.getParameterMap());
        if (!move.isEmpty()) typed = showSheet.moved(typed, move, school, round, child);
        if (typed.part() == null) return refused(me, school, round, child, typed, List.of(new Refusal.Simple("enrolment.refused.no_answer", "part", List.of())));
        return switch (enrolments.save(new SheetCommand(school, child, round, typed.sheet(), typed.version(), me.account(), false, typed.done(), key, at))) {
            case Outcome.Refused<Integer>(List<Refusal> refusals) -> refused(me, school, round, child, typed, refusals);
            case Outcome.Done<Integer> done -> typed.done() ? answered(me, school, round, child, redirect) : Pages.done(SheetPage.href(child, round) + anchor(move));
        };
    }

    private ModelAndView answered(Wearer me, UUID school, UUID round, UUID child, RedirectAttributes redirect) {
        proposals.close(school, round, child, clock.instant());
        return finished(me, round, child, redirect);
    }

    /** What a carer fills in is kept beside the sheet and never counts by itself: a guardian looks at it and saves. */
    private ModelAndView propose(Wearer me, UUID child, UUID round, String move, Map<String, String[]> sent, RedirectAttributes redirect) {
        UUID school = me.schoolOf(child);
        Map<String, String[]> fields = new HashMap<>(sent);
        SheetForm typed = SheetForm.of(fields);
        if (!move.isEmpty()) {
            SheetForm moved = showSheet.moved(typed, move, school, round, child);
            moved.until().forEach((day, until) -> fields.put("d" + day, new String[] {Integer.toString(until)}));
            fields.put("w", moved.wishes().entrySet().stream().flatMap(w -> w.getValue().stream().map(section -> w.getKey() + "." + section)).toArray(String[]::new));
            if (Boolean.TRUE.equals(moved.part())) fields.put("part", new String[] {"yes"});
        } else if (typed.part() == null) {
            return Pages.refused(SHEET, showSheet.typed(me, school, round, child, typed, List.of(new Refusal.Simple("enrolment.refused.no_answer", "part", List.of()))));
        }
        if (!enrolments.sheet(school, round, child).editableAt(clock.instant())) return Pages.done("/sheets", redirect, "enrolment.proposal.closed");
        proposals.put(school, round, child, me.account(), fields, typed.done(), clock.instant());
        return typed.done() ? Pages.done("/sheets", redirect, "enrolment.proposal.sent") : Pages.done(SheetPage.href(child, round) + anchor(move));
    }

    /** Without JavaScript a button reloads the page; it comes back to where the thumb was. */
    private static String anchor(String move) {
        if (move.startsWith("days:")) return "#days";
        int colon = move.indexOf(':');
        int dot = move.indexOf('.');
        return colon > 0 && dot > colon ? "#slot-" + move.substring(colon + 1, dot) : "";
    }

    private ModelAndView refused(Wearer me, UUID school, UUID round, UUID child, SheetForm typed, List<Refusal> refusals) {
        return Pages.refused(SHEET, showSheet.typed(me, school, round, child, typed, refusals));
    }

    private ModelAndView finished(Wearer me, UUID round, UUID child, RedirectAttributes redirect) {
        List<ChildRound> mine = enrolments.of(me.children(Role.GUARDIAN)).stream().filter(c -> c.round().id().equals(round)).toList();
        String name = mine.stream().filter(c -> c.child().id().equals(child)).map(c -> c.child().name()).findFirst().orElse("");
        return mine.stream()
                .filter(c -> !c.answered() && !c.child().id().equals(child))
                .findFirst()
                .map(next -> Pages.done(SheetPage.href(next.child().id(), round), redirect, "enrolment.flash.next", name, next.child().name()))
                .orElseGet(() -> Pages.done("/sheets", redirect, "enrolment.flash.saved", name));
    }

    @PostMapping("/children/{child}/sheet/{round}/copy")
    ModelAndView copy(Wearer me, @PathVariable UUID child, @PathVariable UUID round, @RequestParam UUID from, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        Instant at = clock.instant();
        UUID school = schoolOf(me, child);
        if (!schoolOf(me, from).equals(school)) throw new NotFound();
        SheetForm copied = showSheet.copied(school, round, from, child);
        if (copied.part() == null) return refused(me, school, round, child, copied, List.of(new Refusal.Simple("enrolment.refused.nothing_to_copy")));
        return switch (enrolments.save(new SheetCommand(school, child, round, copied.sheet(), copied.version(), me.account(), false, false, key, at))) {
            case Outcome.Refused<Integer>(List<Refusal> refusals) -> refused(me, school, round, child, copied, refusals);
            case Outcome.Done<Integer> done -> Pages.done(SheetPage.href(child, round), redirect, "enrolment.flash.copied");
        };
    }

    @PostMapping("/children/{child}/sheet/{round}/objection")
    ModelAndView object(Wearer me, @PathVariable UUID child, @PathVariable UUID round, RedirectAttributes redirect) {
        enrolments.object(schoolOf(me, child), round, child, me.account(), clock.instant());
        return Pages.done(SheetPage.href(child, round), redirect, "enrolment.flash.objected");
    }

    private static UUID schoolOf(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        return me.schoolOf(child);
    }

    /** The refusal that another save came between; then the page shows both. */
    static boolean conflict(List<? extends Refusal> refusals) {
        return refusals.stream().anyMatch(r -> r instanceof SheetRefusal.ChangedMeanwhile);
    }
}
