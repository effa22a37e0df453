package afterbell.money.billing.statements;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.money.billing.ChargingSchools;
import afterbell.money.billing.WhatIf.Answer;
import afterbell.money.billing.WhatIf;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The written withdrawal (R26): a family says it with a tap, or the school enters the paper that it brought; each side tells the other. */
@Controller
final class StoppingController {
    private static final String STOP = "billing/statements/stop";

    private final WhatIf whatIf;
    private final StopStore stops;
    private final Questions questions;
    private final ChargingSchools charging;
    private final Notices notices;
    private final CommandKeys commands;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    StoppingController(
            WhatIf whatIf, StopStore stops, Questions questions, ChargingSchools charging, Notices notices, CommandKeys commands, Audit audit, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.whatIf = whatIf;
        this.stops = stops;
        this.questions = questions;
        this.charging = charging;
        this.notices = notices;
        this.commands = commands;
        this.audit = audit;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    // --- by the family ---

    @Allowed(Role.GUARDIAN)
    @GetMapping("/children/{child}/bill/stop")
    ModelAndView ask(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show(STOP, page(mine(me, child), child, true, new Typed(query).date("last").orElseGet(this::friday), List.of()));
    }

    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/bill/stop")
    ModelAndView stop(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        UUID school = mine(me, child);
        // Under the school's scope, because a family's hat tells no staff; that the child is the family's was asked above.
        return stopped(school, child, true, me, form, redirect);
    }

    @Fresh
    @Allowed(Role.GUARDIAN)
    @PostMapping("/children/{child}/bill/stop/withdrawal")
    ModelAndView again(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        UUID school = mine(me, child);
        return Pages.done("/children/" + child + "/bill", redirect, takenBack(school, child, form, today()) ? "billing.stop.withdrawn" : "billing.stop.begun");
    }

    // --- by the school, from a paper ---

    @Allowed({Role.FINANCE, Role.OFFICE})
    @GetMapping("/charges/children/{child}/stop")
    ModelAndView askPaper(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show(STOP, page(me.school(), child, false, new Typed(query).date("last").orElseGet(this::friday), List.of()));
    }

    @Fresh
    @Allowed({Role.FINANCE, Role.OFFICE})
    @PostMapping("/charges/children/{child}/stop")
    ModelAndView enter(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return stopped(me.school(), child, false, me, form, redirect);
    }

    /** A paper that was entered by mistake, whether or not its day has come. */
    @Fresh
    @Allowed({Role.FINANCE, Role.OFFICE})
    @PostMapping("/charges/children/{child}/stop/withdrawal")
    ModelAndView undo(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        return Pages.done("/charges/children/" + child, redirect, takenBack(me.school(), child, form, LocalDate.EPOCH) ? "billing.stop.withdrawn" : "billing.stop.none");
    }

    /** The proof of a late withdrawal was seen: the next closing gives back what the tariff says. */
    @Fresh
    @Allowed({Role.FINANCE, Role.OFFICE})
    @PostMapping("/charges/children/{child}/stop/review")
    ModelAndView review(Wearer me, @PathVariable UUID child, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        UUID school = me.school();
        Optional<UUID> stop = shown(form);
        boolean reviewed = Boolean.TRUE.equals(transactions.execute(t -> {
            boolean any = stop.isPresent() && stops.review(school, child, stop.get(), me.account(), clock.instant());
            if (any) {
                audit.record(school, "billing.stop_reviewed", "pupil", child, Map.of());
                tellFamily(school, child, "billing.stop_reviewed", Words.of("billing.notice.stop_reviewed"));
            }
            return any;
        }));
        return Pages.done("/charges/children/" + child, redirect, reviewed ? "billing.stop.reviewed" : "billing.stop.none");
    }

    // --- both ---

    /** A family says what is to come; a paper may have lain for some days. */
    private ModelAndView stopped(UUID school, UUID child, boolean family, Wearer me, MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        Optional<LocalDate> last = typed.date("last");
        if (last.isEmpty() || family && last.get().isBefore(today()))
            return Pages.refused(STOP, page(school, child, family, last.orElseGet(this::friday), List.of(new Refusal.Simple(family ? "billing.stop.refused.past" : "billing.stop.refused.day", "last", List.of()))));
        LocalDate from = last.get().plusDays(1);
        StopPage page = page(school, child, family, last.get(), List.of());
        Answer answer = page.answer();
        if (answer == null) return Pages.refused(STOP, page(school, child, family, last.get(), List.of(new Refusal.Simple("billing.stop.refused.outside", "last", List.of()))));
        UUID key = typed.key(ids);
        Scopes.within(Scope.school(school, me.account()), () -> transactions.execute(t -> commands.once(key, "stop/" + child + last.get(), () -> {
            UUID id = ids.next();
            stops.add(school, id, child, answer.period().term(), from, !family, me.account(), clock.instant());
            audit.record(school, family ? "billing.stop_said" : "billing.stop_entered", "pupil", child, Map.of("from", from.toString()));
            if (family) {
                Audience desk = new Audience.Staff(Set.of(Role.FINANCE, Role.OFFICE));
                notices.tell(new NewNotice(school, "billing.stop_said", Words.of("billing.notice.stopped", from), "/charges/children/" + child, desk).about(id));
            } else tellFamily(school, child, "billing.stop_entered", Words.of("billing.notice.stop_entered", from));
            return id.toString();
        })));
        return Pages.done(page.href(), redirect, "billing.stop.done");
    }

    private void tellFamily(UUID school, UUID child, String kind, Words words) {
        notices.tell(new NewNotice(school, kind, words, "/children/" + child + "/bill", new Audience.Children(Set.of(child), true)).about(child));
    }

    // The one that the page showed: another term's is settled, or was said since.
    private static Optional<UUID> shown(MultiValueMap<String, String> form) {
        return new Typed(form).id("stop");
    }

    private boolean takenBack(UUID school, UUID child, MultiValueMap<String, String> form, LocalDate after) {
        Optional<UUID> stop = shown(form);
        return Boolean.TRUE.equals(transactions.execute(t -> {
            boolean any = stop.isPresent() && stops.withdraw(school, child, stop.get(), after, clock.instant());
            if (any) audit.record(school, "billing.stop_taken_back", "pupil", child, Map.of());
            return any;
        }));
    }

    private StopPage page(UUID school, UUID child, boolean family, LocalDate last, List<Refusal> refusals) {
        return Objects.requireNonNull(transactions.execute(t -> {
            @Nullable Answer answer = family && last.isBefore(today()) ? null : whatIf.ask(school, child, last, today()).orElse(null);
            Question<Pupil> pupil = Roster.pupilEverOf(school, child);
            Question<Stopped> stopped = StopStore.of(school, child, today());
            Questions.Answers answers = questions.ask(pupil, stopped);
            return new StopPage(answers.one(pupil).orElseThrow(NotFound::new), family, today(), last, answer, answers.one(stopped).filter(s -> !s.past()).map(Stopped::from).orElse(null), refusals);
        }));
    }

    private UUID mine(Wearer me, UUID child) {
        if (!me.children(Role.GUARDIAN).contains(child)) throw new NotFound();
        UUID school = me.schoolOf(child);
        if (!charging.charge(school)) throw new NotFound();
        return school;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private LocalDate friday() {
        return today().with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
    }
}
