package afterbell.base.calendar.overview;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.Preparation;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermProgress;
import afterbell.base.calendar.engine.BellPolicy;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

@Controller
@Allowed({Role.OFFICE, Role.PRINCIPAL, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.DUTY_LEADER, Role.FINANCE, Role.SUPERVISOR})
class OverviewController {
    private final Calendars calendars;
    private final Rules rules;
    private final List<TermProgress> rooms;
    private final TransactionTemplate transactions;
    private final Clock clock;

    OverviewController(Calendars calendars, Rules rules, List<TermProgress> rooms, TransactionTemplate transactions, Clock clock) {
        this.calendars = calendars;
        this.rules = rules;
        this.rooms = rooms;
        this.transactions = transactions;
        this.clock = clock;
    }

    @GetMapping("/calendar")
    ModelAndView now(Wearer wearer) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        List<Term> terms = calendars.terms(wearer.school());
        Optional<Term> current = Calendars.at(terms, today);
        if (current.isEmpty()) return Pages.show("calendar/overview/none", wearer.is(Role.OFFICE, Role.PRINCIPAL));
        return Pages.show("calendar/overview/term", page(wearer, current.get(), terms, today));
    }

    @GetMapping("/calendar/terms/{id}")
    ModelAndView term(@PathVariable UUID id, Wearer wearer) {
        List<Term> terms = calendars.terms(wearer.school());
        Term term = terms.stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        return Pages.show("calendar/overview/term", page(wearer, term, terms, LocalDate.ofInstant(clock.instant(), Screen.ZONE)));
    }

    private OverviewPage page(Wearer wearer, Term term, List<Term> terms, LocalDate today) {
        UUID school = wearer.school();
        TermCalendar calendar = calendars.of(school, term);
        Map<String, Integer> serviceDays = new LinkedHashMap<>();
        for (GradeBand band : calendar.bells().bands()) serviceDays.put(band.code(), calendar.serviceDays(band.code(), Set.of()).size());
        Holidays holidays = calendars.holidays(school);
        LocalDate first = term.dates().first();
        LocalDate last = term.dates().last();
        List<Integer> unconfirmed = IntStream.rangeClosed(first.getYear(), last.getYear()).filter(year -> !holidays.isConfirmed(year)).boxed().toList();
        Preparation.Facts facts = new Preparation.Facts(
                term.registration(),
                term.serviceWeek(),
                term.clubsWeek(),
                term.addDropWeeks(),
                rules.value(school, first, Rule.ROUND_MIN_DAYS),
                rules.value(school, first, Rule.OBJECTION_DAYS));
        boolean mayEdit = wearer.is(Role.OFFICE, Role.PRINCIPAL);
        return new OverviewPage(
                calendar,
                terms,
                today,
                MonthPicture.of(calendar, today),
                Preparation.timeline(calendar.days(), facts),
                mayEdit ? progress(school, term) : Map.of(),
                serviceDays,
                BellPolicy.judge(calendar.bells(), rules.of(school), rules.situation(school, first.isAfter(today) ? first : today)),
                unconfirmed,
                mayEdit);
    }

    /** How far the preparation is, as the rooms know it; who is late is for those who lead it. */
    private Map<Preparation.Task, TermProgress.Step> progress(UUID school, Term term) {
        Map<Preparation.Task, TermProgress.Step> steps = new EnumMap<>(Preparation.Task.class);
        transactions.executeWithoutResult(t -> rooms.forEach(room -> steps.putAll(room.progress(school, term))));
        return steps;
    }
}
