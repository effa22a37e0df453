package afterbell.term.timetable;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermFollower;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The dated sessions of a term. Filling is a command of this room: whoever publishes plan or result, or changes days or bells, has it done at the end of the
 * same transaction ({@link TermFollower}); what changes without anybody of the school, as a bureau's holidays, is caught up by {@code FollowHolidaysJob}.
 */
@Component
public class Sessions implements TermFollower {
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
        store.noteFilling(school, term, print(ringing), now);
        audit.record(school, "timetable.sessions_filled", "term", term, Map.of("written", written, "dropped", dropped));
        return new Filled(written, dropped);
    }

    private static List<SessionStore.Ringing> ringing(TermCalendar calendar) {
        List<SessionStore.Ringing> all = new ArrayList<>();
        for (SchoolDay day : calendar.days().all())
            for (GradeBand band : calendar.bells().bands())
                for (Slot slot : calendar.slotsOn(band.code(), day.date()))
                    if (slot.kind() == SlotKind.PERIOD) all.add(new SessionStore.Ringing(day.date(), slot.id(), slot.time().from(), slot.time().until()));
        return all;
    }

    /** The days, slots and times of a term as one short word, so that a change is seen without comparing them. */
    private static String print(List<SessionStore.Ringing> ringing) {
        MessageDigest digest = sha256();
        ringing.stream().map(SessionStore.Ringing::toString).sorted().forEach(r -> digest.update(r.getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Holidays, closures, special afternoons, plan and places reach the sessions at once; a term without sessions gets its first ones with its plan. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(UUID school, UUID term) {
        if (store.filled(school, term) || store.planned(school, term)) fill(school, term);
    }

    /** Fills again where the days or bells are not those of the last filling. */
    @Transactional
    public boolean catchUp(UUID school, UUID term) {
        if (store.bells(school, term).filter(bells -> !bells.equals(print(ringing(calendars.of(school, term))))).isEmpty()) return false;
        fill(school, term);
        return true;
    }

    @Transactional(readOnly = true)
    public boolean filled(UUID school, UUID term) {
        return store.filled(school, term);
    }

    /**
     * Who is expected where on a day, as it stands now: seats by their days, days and noon as the family said, dropped and moved sessions worked in. A child
     * whose club is dropped, or was moved to another time, is in its own class, which is guaranteed; nobody sends it home unasked. Sorted by child and time; a child that
     * stays for nothing has no row. One statement for a whole school. Bells and waves of the day: {@code Calendars.afternoon}.
     */
    @Transactional(readOnly = true)
    public List<Expected> expected(UUID school, LocalDate day) {
        return store.expected(school, day, null);
    }

    /** The same for some children alone. */
    @Transactional(readOnly = true)
    public List<Expected> expected(UUID school, LocalDate day, Collection<UUID> children) {
        return children.isEmpty() ? List.of() : store.expected(school, day, children);
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

    /**
     * A club in which children of the session are at that time.
     *
     * @param minutes the longest overlap
     */
    public record Elsewhere(String what, int children, int minutes) {}

    /** Another club that children of this section attend at that time, the one with most of them; own-class care stands in nobody's way. */
    @Transactional(readOnly = true)
    public Optional<Elsewhere> elsewhere(UUID school, Session session, LocalDate day, LocalTime starts, LocalTime ends) {
        return session.section() == null ? Optional.empty() : store.elsewhere(school, session.section(), day, starts, ends);
    }

    /** A person changes one session for a reason; the caller has asked {@link #inTheWay}. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(UUID school, Session before, Session.State state, LocalDate day, LocalTime starts, LocalTime ends, @Nullable UUID room, String reason, UUID by, Instant at) {
        LocalDate planned = before.fromDay() == null ? before.day() : before.fromDay();
        store.change(school, before.id(), state, day, day.equals(planned) ? null : planned, starts, ends, room, reason, by, at);
    }

    /**
     * Sessions of sections that can't be held, all at once; the caller tells. Answers those that were dropped now: not own-class care, nor what has ended,
     * nor what was dropped before.
     *
     * @param reason one of {@code weather, event, teacher, room, other}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> dropAll(UUID school, Collection<UUID> wanted, String reason, UUID by, Instant at) {
        return wanted.isEmpty() ? List.of() : store.dropAll(school, wanted, reason, by, at, LocalDateTime.ofInstant(at, Screen.ZONE));
    }

    /** Takes such drops back, as far as the sessions have not begun; answers those that take place again. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> takeBack(UUID school, Collection<UUID> dropped, Instant at) {
        return dropped.isEmpty() ? List.of() : store.takeBack(school, dropped, LocalDateTime.ofInstant(at, Screen.ZONE));
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
