package afterbell.base.calendar.terms;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL})
class TermController {
    private static final String TEMPLATE = "calendar/terms/form";

    private final Calendars calendars;
    private final SaveTerm saveTerm;
    private final Rules rules;
    private final Clock clock;

    TermController(Calendars calendars, SaveTerm saveTerm, Rules rules, Clock clock) {
        this.calendars = calendars;
        this.saveTerm = saveTerm;
        this.rules = rules;
        this.clock = clock;
    }

    @GetMapping("/calendar/terms/new")
    ModelAndView fresh(Wearer wearer) {
        List<Term> terms = calendars.terms(wearer.school());
        return Pages.show(TEMPLATE, new TermFormPage(null, next(wearer.school(), terms), terms, List.of()));
    }

    @PostMapping("/calendar/terms")
    ModelAndView open(@RequestParam Map<String, String> typed, @RequestParam("_key") UUID key, Wearer wearer, RedirectAttributes redirect) {
        TermForm form = form(typed);
        return switch (saveTerm.open(wearer, form, key)) {
            case Outcome.Done<UUID>(UUID id) -> Pages.done("/calendar/terms/" + id + "/bells", redirect, "calendar.term.opened");
            case Outcome.Refused<UUID> refused -> Pages.refused(TEMPLATE, new TermFormPage(null, form, calendars.terms(wearer.school()), refused.refusals()));
        };
    }

    @GetMapping("/calendar/terms/{id}/dates")
    ModelAndView dates(@PathVariable UUID id, Wearer wearer) {
        return Pages.show(TEMPLATE, new TermFormPage(id.toString(), TermForm.of(calendars.term(wearer.school(), id)), List.of(), List.of()));
    }

    @PostMapping("/calendar/terms/{id}")
    ModelAndView change(@PathVariable UUID id, @RequestParam Map<String, String> typed, Wearer wearer, RedirectAttributes redirect) {
        TermForm form = form(typed);
        return switch (saveTerm.change(wearer, id, form)) {
            case Outcome.Done<UUID> done -> Pages.done("/calendar/terms/" + id, redirect, "calendar.term.changed");
            case Outcome.Refused<UUID> refused -> Pages.refused(TEMPLATE, new TermFormPage(id.toString(), form, List.of(), refused.refusals()));
        };
    }

    private static TermForm form(Map<String, String> typed) {
        if (!typed.containsKey("first")) throw new NotFound();
        return new TermForm(
                typed.getOrDefault("startYear", ""),
                typed.getOrDefault("half", ""),
                typed.getOrDefault("first", ""),
                typed.getOrDefault("last", ""),
                typed.getOrDefault("registration", ""),
                typed.getOrDefault("serviceWeek", ""),
                typed.getOrDefault("clubsWeek", ""),
                typed.getOrDefault("addDropWeeks", ""),
                typed.getOrDefault("bells", ""));
    }

    /** The term after the last one, as terms usually lie; the office corrects the days. */
    private TermForm next(UUID school, List<Term> terms) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        @Nullable Term latest = terms.isEmpty() ? null : terms.getFirst();
        boolean autumn = latest == null ? today.getMonthValue() >= 5 : latest.half() == 2;
        int year = latest == null ? (autumn ? today.getYear() : today.getYear() - 1) : latest.startYear() + (autumn ? 1 : 0);
        LocalDate first = autumn ? LocalDate.of(year, 9, 1) : LocalDate.of(year + 1, 3, 1).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
        LocalDate last = (autumn ? LocalDate.of(year + 1, 1, 24) : LocalDate.of(year + 1, 7, 5)).with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
        LocalDate registration = first.with(TemporalAdjusters.previous(DayOfWeek.SUNDAY));
        return new TermForm(
                Integer.toString(year),
                autumn ? "1" : "2",
                first.toString(),
                last.toString(),
                registration.toString(),
                Integer.toString(rules.value(school, first, Rule.SERVICE_START_WEEK)),
                Integer.toString(rules.value(school, first, Rule.CLUBS_START_WEEK)),
                Integer.toString(rules.value(school, first, Rule.ADD_DROP_WEEKS)),
                latest == null ? "" : latest.id().toString());
    }
}
