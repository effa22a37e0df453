package afterbell.base.calendar.days;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.SchoolDays;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermStore;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
class DaysController {
    private static final String TEMPLATE = "calendar/days/days";

    private final Calendars calendars;
    private final TermStore store;
    private final ChangeDays change;
    private final TransactionTemplate transactions;
    private final Clock clock;

    DaysController(Calendars calendars, TermStore store, ChangeDays change, TransactionTemplate transactions, Clock clock) {
        this.calendars = calendars;
        this.store = store;
        this.change = change;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/calendar/terms/{term}/days")
    ModelAndView days(@PathVariable UUID term, Wearer wearer) {
        return Pages.show(TEMPLATE, page(wearer, term, DaysForm.EMPTY, List.of()));
    }

    @PostMapping("/calendar/terms/{term}/closures")
    ModelAndView close(@PathVariable UUID term, HttpServletRequest request, @RequestParam("_key") UUID key, Wearer wearer, RedirectAttributes redirect) {
        DaysForm form = DaysForm.read("closure", request.getParameterMap());
        return answer(wearer, term, form, change.close(wearer, term, form, key), redirect, "calendar.days.closed");
    }

    @PostMapping("/calendar/terms/{term}/closures/{id}/removal")
    ModelAndView reopen(@PathVariable UUID term, @PathVariable UUID id, Wearer wearer, RedirectAttributes redirect) {
        change.reopen(wearer, term, id);
        return Pages.done(href(term), redirect, "calendar.days.reopened");
    }

    @PostMapping("/calendar/terms/{term}/own-days")
    ModelAndView setDay(@PathVariable UUID term, HttpServletRequest request, Wearer wearer, RedirectAttributes redirect) {
        DaysForm form = DaysForm.read("own-day", request.getParameterMap());
        return answer(wearer, term, form, change.setDay(wearer, term, form), redirect, "calendar.days.set");
    }

    @PostMapping("/calendar/terms/{term}/own-days/{day}/removal")
    ModelAndView clearDay(@PathVariable UUID term, @PathVariable LocalDate day, Wearer wearer, RedirectAttributes redirect) {
        change.clearDay(wearer, day);
        return Pages.done(href(term), redirect, "calendar.days.cleared");
    }

    @PostMapping("/calendar/terms/{term}/openings")
    ModelAndView open(@PathVariable UUID term, HttpServletRequest request, @RequestParam("_key") UUID key, Wearer wearer, RedirectAttributes redirect) {
        DaysForm form = DaysForm.read("opening", request.getParameterMap());
        return answer(wearer, term, form, change.open(wearer, term, form, key), redirect, "calendar.days.opened");
    }

    @PostMapping("/calendar/terms/{term}/openings/{id}/removal")
    ModelAndView dropOpening(@PathVariable UUID term, @PathVariable UUID id, Wearer wearer, RedirectAttributes redirect) {
        change.dropOpening(wearer, term, id);
        return Pages.done(href(term), redirect, "calendar.days.opening_dropped");
    }

    @PostMapping("/calendar/terms/{term}/special-afternoons")
    ModelAndView move(@PathVariable UUID term, HttpServletRequest request, @RequestParam("_key") UUID key, Wearer wearer, RedirectAttributes redirect) {
        DaysForm form = DaysForm.read("special", request.getParameterMap());
        return answer(wearer, term, form, change.move(wearer, term, form, key), redirect, "calendar.specials.done");
    }

    @PostMapping("/calendar/terms/{term}/special-afternoons/{id}/removal")
    ModelAndView restore(@PathVariable UUID term, @PathVariable UUID id, Wearer wearer, RedirectAttributes redirect) {
        change.restore(wearer, term, id);
        return Pages.done(href(term), redirect, "calendar.specials.dropped");
    }

    private ModelAndView answer(Wearer wearer, UUID term, DaysForm form, Outcome<?> outcome, RedirectAttributes redirect, String done) {
        return switch (outcome) {
            case Outcome.Done<?> yes -> Pages.done(href(term), redirect, done);
            case Outcome.Refused<?> no -> Pages.refused(TEMPLATE, page(wearer, term, form, no.refusals()));
        };
    }

    private static String href(UUID term) {
        return "/calendar/terms/" + term + "/days";
    }

    private DaysPage page(Wearer wearer, UUID id, DaysForm typed, List<? extends Refusal> refusals) {
        UUID school = wearer.school();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        return Objects.requireNonNull(transactions.execute(t -> {
            Term term = calendars.term(school, id);
            TermStore.Days days = store.times(school, id).days();
            SchoolDays all = new SchoolDays(term.dates(), calendars.holidays(school), days.own(), days.openings());
            TermCalendar calendar = new TermCalendar(term, calendars.bells(school, id), all, days.closures(), days.specials());
            return new DaysPage(calendar, MonthPicture.of(calendar, today), today, days.closureRows(), days.own(), days.openingRows(), days.specialRows(), typed, refusals);
        }));
    }
}
