package afterbell.term.timetable.changing;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Pages;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Session;
import afterbell.term.timetable.Sessions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A day of the dated timetable. */
@Controller
@Allowed(Role.OFFICE)
final class DayController {
    private static final String PAGE = "timetable/changing/day";

    private final Sessions sessions;
    private final ChangeSession changeSession;
    private final Calendars calendars;
    private final Schools schools;
    private final Clock clock;

    DayController(Sessions sessions, ChangeSession changeSession, Calendars calendars, Schools schools, Clock clock) {
        this.sessions = sessions;
        this.changeSession = changeSession;
        this.calendars = calendars;
        this.schools = schools;
        this.clock = clock;
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/timetable/days")
    ModelAndView today(@RequestParam(required = false) @Nullable LocalDate day) {
        return Pages.done("/timetable/days/" + (day == null ? LocalDate.ofInstant(clock.instant(), Screen.ZONE) : day));
    }

    @Allowed({Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER})
    @GetMapping("/timetable/days/{day}")
    ModelAndView day(Wearer me, @PathVariable LocalDate day, Locale locale) {
        return Pages.show(PAGE, page(me, day, null, Map.of(), List.of(), locale));
    }

    /** Writes or renews the sessions of the term; publishing a result does the same. */
    @PostMapping("/timetable/sessions")
    ModelAndView fill(Wearer me, RedirectAttributes redirect) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Term term = calendars.termAt(me.school(), today).orElseThrow(NotFound::new);
        Sessions.Filled filled = sessions.fill(me.school(), term.id());
        return Pages.done("/timetable/days/" + today, redirect, "timetable.flash.filled", filled.written(), filled.dropped());
    }

    @PostMapping("/sessions/{session}/dropping")
    ModelAndView drop(Wearer me, @PathVariable UUID session, @RequestParam(defaultValue = "") String reason, @RequestParam("_key") UUID key, Locale locale, RedirectAttributes redirect) {
        return answered(me, session, changeSession.drop(me, session, reason, key), Map.of("reason", reason), locale, redirect, "timetable.flash.dropped");
    }

    @PostMapping("/sessions/{session}/moving")
    ModelAndView move(
            Wearer me,
            @PathVariable UUID session,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "") String starts,
            @RequestParam(defaultValue = "") String ends,
            @RequestParam(defaultValue = "") String room,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam("_key") UUID key,
            Locale locale,
            RedirectAttributes redirect) {
        return answered(
                me, session, changeSession.move(me, session, new ChangeForm(day, starts, ends, room, reason), key), Map.of("day", day, "starts", starts, "ends", ends, "room", room, "reason", reason), locale, redirect, "timetable.flash.moved");
    }

    @PostMapping("/sessions/{session}/restoring")
    ModelAndView restore(Wearer me, @PathVariable UUID session, Locale locale, RedirectAttributes redirect) {
        return answered(me, session, changeSession.restore(me, session), Map.of(), locale, redirect, "timetable.flash.restored");
    }

    private ModelAndView answered(Wearer me, UUID session, Outcome<LocalDate> outcome, Map<String, String> typed, Locale locale, RedirectAttributes redirect, String flash) {
        return switch (outcome) {
            case Outcome.Refused<LocalDate>(List<Refusal> refusals) -> Pages.refused(PAGE, page(me, sessions.get(me.school(), session).day(), session, typed, refusals, locale));
            case Outcome.Done<LocalDate>(LocalDate day) -> Pages.done("/timetable/days/" + day, redirect, flash);
        };
    }

    private DayPage page(Wearer me, LocalDate day, @Nullable UUID at, Map<String, String> typed, List<Refusal> refusals, Locale locale) {
        UUID school = me.school();
        List<Session> all = sessions.on(school, day);
        Optional<TermCalendar> calendar = calendars.termAt(school, day).map(t -> calendars.of(school, t));
        String off = calendar.flatMap(c -> c.days().on(day)).map(SchoolDay::name).map(n -> n.in(locale)).orElse("");
        return new DayPage(
                day,
                off,
                calendar.isPresent() && sessions.filled(school, calendar.get().term().id()),
                me.is(Role.OFFICE),
                all.stream().filter(Session::club).toList(),
                all.stream().filter(s -> !s.club()).toList(),
                schools.rooms(school).stream().map(r -> Choice.of(r.id().toString(), r.name())).toList(),
                at,
                typed,
                refusals);
    }
}
