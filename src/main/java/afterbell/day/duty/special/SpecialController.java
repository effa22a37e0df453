package afterbell.day.duty.special;

import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.Typed;
import afterbell.day.duty.SpecialDay;
import afterbell.day.duty.SpecialStore;
import afterbell.day.duty.SpecialStore.ClassCount;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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

/** The school asks about a special day and sees who has answered. */
@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
final class SpecialController {
    private static final String PAGE = "duty/special/page";
    private static final String NEW = "duty/special/new";

    private final AskFamilies askFamilies;
    private final SpecialStore store;
    private final Schools schools;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    SpecialController(AskFamilies askFamilies, SpecialStore store, Schools schools, TransactionTemplate transactions, Ids ids, Clock clock) {
        this.askFamilies = askFamilies;
        this.store = store;
        this.schools = schools;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD, Role.CLASS_TEACHER})
    @GetMapping("/duty/special-days")
    ModelAndView list(Wearer me) {
        List<SpecialDay> days = transactions.execute(t -> store.from(today().minusDays(30)));
        return Pages.show("duty/special/list", new SpecialListPage(days, me.is(Role.OFFICE, Role.PRINCIPAL), me.is(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD)));
    }

    @GetMapping("/duty/special-days/new")
    ModelAndView blank(Wearer me) {
        return Pages.show(NEW, newPage(me, SpecialForm.empty(today()), List.of()));
    }

    @PostMapping("/duty/special-days")
    ModelAndView ask(Wearer me, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (askFamilies.ask(me, typed, typed.key(ids))) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(NEW, newPage(me, SpecialForm.read(typed), no));
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/duty/special-days/" + id, redirect, "duty.special.flash.asked");
        };
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD, Role.CLASS_TEACHER})
    @GetMapping("/duty/special-days/{special}")
    ModelAndView show(Wearer me, @PathVariable UUID special, @RequestParam MultiValueMap<String, String> query) {
        return Pages.show(PAGE, page(me, special, new Typed(query).id("class").orElse(null), List.of()));
    }

    @Allowed({Role.OFFICE, Role.CLASS_TEACHER})
    @PostMapping("/duty/special-days/{special}/answers")
    ModelAndView enter(Wearer me, @PathVariable UUID special, @RequestParam MultiValueMap<String, String> form, RedirectAttributes redirect) {
        Typed typed = new Typed(form);
        return switch (askFamilies.enter(me, special, typed.id("pupil").orElse(null), typed.text("until"))) {
            case Outcome.Refused<UUID>(List<Refusal> no) -> Pages.refused(PAGE, page(me, special, typed.id("class").orElse(null), no));
            case Outcome.Done<UUID>(UUID klass) -> Pages.done("/duty/special-days/" + special + "?class=" + klass, redirect, "duty.special.flash.entered");
        };
    }

    @PostMapping("/duty/special-days/{special}/reminders")
    ModelAndView remind(Wearer me, @PathVariable UUID special, @RequestParam("_key") UUID key, RedirectAttributes redirect) {
        return Pages.done("/duty/special-days/" + special, redirect, "duty.special.flash.reminded", askFamilies.remind(me, special, key));
    }

    @PostMapping("/duty/special-days/{special}/withdrawal")
    ModelAndView withdraw(Wearer me, @PathVariable UUID special, RedirectAttributes redirect) {
        askFamilies.withdraw(me, special);
        return Pages.done("/duty/special-days", redirect, "duty.special.flash.withdrawn");
    }

    private NewSpecialPage newPage(Wearer me, SpecialForm typed, List<? extends Refusal> refusals) {
        List<Choice> grades = transactions.execute(t -> schools.grades(me.school()).stream().map(g -> Choice.of(Integer.toString(g.grade()), g.name())).toList());
        return new NewSpecialPage(typed, grades, askFamilies.unanswered(me.school(), today()), refusals);
    }

    private SpecialPage page(Wearer me, UUID special, @Nullable UUID asked, List<? extends Refusal> refusals) {
        UUID school = me.school();
        Instant now = clock.instant();
        boolean all = me.is(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD);
        return transactions.execute(t -> {
            SpecialDay day = store.get(special).filter(s -> s.school().equals(school)).orElseThrow(NotFound::new);
            List<ClassCount> classes = store.counts(school, day).stream().filter(c -> all || me.classes().contains(c.schoolClass())).toList();
            @Nullable UUID shown = asked != null ? asked : classes.size() == 1 ? classes.getFirst().schoolClass() : null;
            if (shown != null && classes.stream().noneMatch(c -> c.schoolClass().equals(shown))) throw new NotFound();
            return new SpecialPage(
                    day,
                    all ? store.totals(school, special) : List.of(),
                    classes,
                    shown,
                    shown == null ? List.of() : store.ofClass(school, special, shown),
                    day.openAt(now),
                    !day.withdrawn() && !day.day().isBefore(today()) && (me.is(Role.OFFICE) || shown != null && me.classes().contains(shown)),
                    me.is(Role.OFFICE, Role.PRINCIPAL),
                    refusals);
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
