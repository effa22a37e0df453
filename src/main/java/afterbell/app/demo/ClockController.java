package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.SchoolAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Puts the time of the demo world. Exists in demo mode only: on a node that serves a school there is no such address. */
@Controller
@ConditionalOnProperty("afterbell.demo")
final class ClockController {
    private static final String TEMPLATE = "demo/clock";
    /** No moment that the page offers lies further ahead; a longer jump is no button of ours. */
    private static final int MOST_DAYS = 30;

    private final DemoClock demo;
    private final Clock clock;
    private final Schools schools;
    private final Calendars calendars;
    private final Sessions sessions;
    private final TransactionTemplate transactions;

    ClockController(DemoClock demo, Clock clock, Schools schools, Calendars calendars, Sessions sessions, TransactionTemplate transactions) {
        this.demo = demo;
        this.clock = clock;
        this.schools = schools;
        this.calendars = calendars;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    @OpenToAll
    @GetMapping("/demo/clock")
    ModelAndView show() {
        return Pages.show(TEMPLATE, page(List.of()));
    }

    /** @param at a moment of the page; empty: the machine's time */
    @OpenToAll
    @PostMapping("/demo/clock")
    ModelAndView put(HttpServletRequest request, HttpServletResponse response, RedirectAttributes redirect, @RequestParam(defaultValue = "") String at) {
        Optional<Person> person = sessions.find(request);
        if (at.isBlank()) demo.goRight();
        else {
            Optional<Instant> moment = moment(at);
            if (moment.isEmpty()) return Pages.refused(TEMPLATE, page(List.of(new Refusal.Simple("face.clock.refused", "at", List.of()))));
            demo.moveTo(moment.get());
        }
        sessions.forget();
        // Time that is jumped over is no time in which somebody was away: whoever put the clock stays signed in.
        person.ifPresent(p -> sessions.open(request, response, p.account(), How.PASSWORD, p.strong()));
        return Pages.done("/demo/clock", redirect, "face.clock.done");
    }

    private Optional<Instant> moment(String at) {
        try {
            Instant moment = Instant.parse(at);
            Instant now = clock.instant();
            return moment.isAfter(now) && moment.isBefore(now.plusSeconds(MOST_DAYS * 86_400L)) ? Optional.of(moment) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private ClockPage page(List<Refusal> refusals) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        return new ClockPage(now, DemoMoments.ahead(now, afternoons(today)).stream().map(m -> new ClockPage.Moment(m.word(), m.at())).toList(), demo.right(), refusals);
    }

    private Function<LocalDate, Optional<SchoolAfternoon>> afternoons(LocalDate today) {
        Optional<UUID> school = Scopes.within(Scope.DOOR, () -> Objects.requireNonNull(transactions.execute(t -> schools.byCode(DemoSchool.standard().code()))));
        if (school.isEmpty()) return day -> Optional.empty();
        UUID id = school.get();
        Optional<TermCalendar> term = Scopes.within(Scope.school(id, null), () -> Objects.requireNonNull(transactions.execute(t -> calendars.termAt(id, today).map(found -> calendars.of(id, found)))));
        return day -> term.flatMap(t -> t.afternoon(day));
    }
}
