package afterbell.reach.messaging.days;

import afterbell.base.calendar.CalendarEvent;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.SpecialAfternoon;
import afterbell.base.calendar.Term;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A change is news while the term runs and the day is still to come; while the office prepares a term, its days are not changed but made. What concerns
 * today goes out at any hour.
 */
@Component
class TellOfDays {
    private final Calendars calendars;
    private final Notices notices;
    private final Clock clock;

    TellOfDays(Calendars calendars, Notices notices, Clock clock) {
        this.calendars = calendars;
        this.notices = notices;
        this.clock = clock;
    }

    @EventListener
    void on(CalendarEvent.ClosureAdded added) {
        if (news(added.school(), added.from(), added.until())) tell(added.school(), "messaging.closure_added", span("messaging.notice.closed", added.from(), added.until()), added.from(), added.closure());
    }

    @EventListener
    void on(CalendarEvent.ClosureRemoved removed) {
        if (news(removed.school(), removed.from(), removed.until())) tell(removed.school(), "messaging.closure_removed", span("messaging.notice.reopened", removed.from(), removed.until()), removed.from(), removed.closure());
    }

    @EventListener
    void on(CalendarEvent.DayChanged changed) {
        LocalDate day = changed.day();
        if (!news(changed.school(), day, day)) return;
        Optional<SchoolDay> now = running(changed.school()).flatMap(t -> calendars.days(changed.school(), t.id()).on(day));
        Words words = now.filter(d -> d.kind().isTeaching()).map(d -> Words.of("messaging.notice.day_as", day, d.follows())).orElseGet(() -> Words.of("messaging.notice.day_free", day));
        tell(changed.school(), "messaging.day_changed", words, day, null);
    }

    @EventListener
    void on(CalendarEvent.AfternoonMoved moved) {
        if (!news(moved.school(), moved.from(), moved.until())) return;
        Optional<SpecialAfternoon> special = running(moved.school()).flatMap(t -> calendars.of(moved.school(), t).specials().stream().filter(s -> s.from().equals(moved.from()) && s.until().equals(moved.until())).findFirst());
        special.ifPresent(s -> tell(moved.school(), "messaging.afternoon_moved", words(s), moved.from(), moved.special()));
    }

    @EventListener
    void on(CalendarEvent.AfternoonRestored restored) {
        if (news(restored.school(), restored.from(), restored.until()))
            tell(restored.school(), "messaging.afternoon_restored", span("messaging.notice.afternoon_restored", restored.from(), restored.until()), restored.from(), restored.special());
    }

    /** When it ends says more than by how much it was moved. */
    private static Words words(SpecialAfternoon s) {
        if (s.ends() != null) return span("messaging.notice.afternoon_ends", s.from(), s.until(), s.ends().toString());
        return span(s.shift() < 0 ? "messaging.notice.afternoon_earlier" : "messaging.notice.afternoon_later", s.from(), s.until(), Math.abs(s.shift()));
    }

    private static Words span(String key, LocalDate from, LocalDate until, Object... more) {
        List<Object> facts = new ArrayList<>(from.equals(until) ? List.of(from) : List.of(from, until));
        facts.addAll(List.of(more));
        return Words.of(from.equals(until) ? key : key + "_days", facts.toArray());
    }

    private boolean news(UUID school, LocalDate from, LocalDate until) {
        return running(school).filter(t -> !until.isBefore(today()) && !from.isAfter(t.dates().last())).isPresent();
    }

    private Optional<Term> running(UUID school) {
        return calendars.terms(school).stream().filter(t -> !today().isBefore(t.dates().first()) && !today().isAfter(t.dates().last())).findFirst();
    }

    private void tell(UUID school, String kind, Words words, LocalDate from, @Nullable UUID about) {
        NewNotice notice = new NewNotice(school, kind, words, "", new Audience.WholeSchool());
        if (about != null) notice = notice.about(about);
        notices.tell(from.isAfter(today()) ? notice : notice.urgently());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
