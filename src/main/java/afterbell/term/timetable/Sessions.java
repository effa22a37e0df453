package afterbell.term.timetable;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.CalendarEvent;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.PlacementEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The dated sessions of a term: filled from calendar and plan when a result is published, and brought up to date whenever the calendar changes. */
@Component
public class Sessions {
    private final SessionStore store;
    private final Calendars calendars;
    private final Audit audit;
    private final Clock clock;

    Sessions(SessionStore store, Calendars calendars, Audit audit, Clock clock) {
        this.store = store;
        this.calendars = calendars;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param written added, renewed or brought back; @param dropped no longer in calendar or plan */
    public record Filled(int written, int dropped) {}

    /** Writes every session of the term as calendar and plan stand now. Again is harmless; what a person moved or dropped stays. */
    @Transactional
    public Filled fill(UUID school, UUID term) {
        TermCalendar calendar = calendars.of(school, term);
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        List<SessionStore.Ringing> ringing = ringing(calendar);
        int written = store.put(school, term, ringing, calendar.basicFrom(), calendar.clubsFrom(), today);
        int dropped = store.drop(school, term, ringing, calendar.basicFrom(), calendar.clubsFrom(), today, now);
        audit.record(school, "timetable.sessions_filled", "term", term, Map.of("written", written, "dropped", dropped));
        return new Filled(written, dropped);
    }

    private static List<SessionStore.Ringing> ringing(TermCalendar calendar) {
        List<SessionStore.Ringing> all = new ArrayList<>();
        for (SchoolDay day : calendar.days().all())
            for (GradeBand band : calendar.bells().bands())
                for (Slot slot : calendar.bells().slots(band.code(), day, calendar.closures()))
                    if (slot.kind() == SlotKind.PERIOD) all.add(new SessionStore.Ringing(day.date(), slot.id(), slot.time().from(), slot.time().until()));
        return all;
    }

    @EventListener
    void on(PlacementEvent.DrawPublished published) {
        fill(published.school(), published.term());
    }

    /** Holidays, closures and swapped days reach the sessions at once. */
    @EventListener
    void on(CalendarEvent changed) {
        switch (changed) {
            case CalendarEvent.ClosureAdded c -> refill(c.school(), c.from());
            case CalendarEvent.ClosureRemoved c -> refill(c.school(), c.from());
            case CalendarEvent.DayChanged c -> refill(c.school(), c.day());
        }
    }

    private void refill(UUID school, LocalDate day) {
        calendars.termAt(school, day).filter(t -> store.filled(school, t.id())).ifPresent(t -> fill(school, t.id()));
    }

    @Transactional(readOnly = true)
    public boolean filled(UUID school, UUID term) {
        return store.filled(school, term);
    }

    /** @param from first day, inclusive; @param until last day, inclusive */
    @Transactional(readOnly = true)
    public List<Session> ofChild(UUID school, UUID child, LocalDate from, LocalDate until) {
        return store.ofChild(school, child, from, until);
    }

    @Transactional(readOnly = true)
    public List<Session> ofStaff(UUID school, UUID staff, LocalDate from, LocalDate until) {
        return store.ofStaff(school, staff, from, until);
    }

    @Transactional(readOnly = true)
    public List<Session> ofRoom(UUID school, UUID room, LocalDate from, LocalDate until) {
        return store.ofRoom(school, room, from, until);
    }

    /** What is not as planned for a class and its children in these days. */
    @Transactional(readOnly = true)
    public List<Session> changesOfClass(UUID school, UUID schoolClass, LocalDate from, LocalDate until) {
        return store.changesOfClass(school, schoolClass, from, until);
    }

    /** Everything that takes place on a day, or was planned for it. */
    @Transactional(readOnly = true)
    public List<Session> on(UUID school, LocalDate day) {
        return store.on(school, day);
    }

    @Transactional(readOnly = true)
    public Session get(UUID school, UUID session) {
        return store.get(school, session).orElseThrow(NotFound::new);
    }

    /** The same, and nobody else changes it until this transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Session locked(UUID school, UUID session) {
        if (!store.lock(school, session)) throw new NotFound();
        return get(school, session);
    }

    /** Other sessions that would want the room, or a teacher of this one, at that time. */
    @Transactional(readOnly = true)
    public List<Session> inTheWay(UUID school, UUID session, @Nullable UUID room, LocalDate day, LocalTime starts, LocalTime ends) {
        return store.inTheWay(school, session, room, day, starts, ends);
    }

    /** A person changes one session for a reason; the caller has asked {@link #inTheWay}. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(UUID school, Session before, Session.State state, LocalDate day, LocalTime starts, LocalTime ends, @Nullable UUID room, String reason, UUID by, Instant at) {
        LocalDate planned = before.fromDay() == null ? before.day() : before.fromDay();
        store.change(school, before.id(), state, day, day.equals(planned) ? null : planned, starts, ends, room, reason, by, at);
    }

    /** Takes a person's change back. */
    @Transactional
    public void restore(UUID school, UUID term, UUID session) {
        store.restore(school, session);
        fill(school, term);
    }

    @Transactional(readOnly = true)
    public List<UUID> children(UUID school, Session session) {
        return store.children(school, session);
    }

    @Transactional(readOnly = true)
    public List<UUID> leaders(UUID school, Session session) {
        return store.leaders(school, session);
    }
}
