package afterbell.term.timetable.changing;

import afterbell.base.audit.Audit;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import afterbell.term.timetable.Session;
import afterbell.term.timetable.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Moves or drops one session. Own-class care is never dropped here: it is guaranteed, and only the calendar closes a day. */
@Component
class ChangeSession {
    static final List<String> REASONS = List.of("weather", "event", "teacher", "room", "other");

    private final Sessions sessions;
    private final Schools schools;
    private final Calendars calendars;
    private final Notices notices;
    private final CommandKeys keys;
    private final Audit audit;
    private final Clock clock;

    ChangeSession(Sessions sessions, Schools schools, Calendars calendars, Notices notices, CommandKeys keys, Audit audit, Clock clock) {
        this.sessions = sessions;
        this.schools = schools;
        this.calendars = calendars;
        this.notices = notices;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Outcome<LocalDate> drop(Wearer me, UUID id, String reason, UUID key) {
        Session before = sessions.locked(me.school(), id);
        if (!before.club()) throw new NotFound();
        Instant at = clock.instant();
        if (!REASONS.contains(reason)) return no("reason", "reason");
        if (past(before, at)) return no("", "past");
        keys.once(key, "drop|" + id + "|" + reason, () -> {
            LocalDate planned = before.fromDay() == null ? before.day() : before.fromDay();
            sessions.change(me.school(), before, Session.State.DROPPED, planned, before.starts(), before.ends(), before.roomId(), reason, me.account(), at);
            tell(me.school(), before, Words.of("timetable.notice.dropped", before.what(), planned.getMonthValue(), planned.getDayOfMonth()));
            audit.record(me.school(), "timetable.session_dropped", "session", id, Map.of("reason", reason));
            return id.toString();
        });
        return Outcome.done(before.day());
    }

    @Transactional
    Outcome<LocalDate> move(Wearer me, UUID id, ChangeForm typed, UUID key) {
        Session before = sessions.locked(me.school(), id);
        Instant at = clock.instant();
        @Nullable LocalDate day = typed.date();
        @Nullable LocalTime starts = typed.from();
        @Nullable LocalTime ends = typed.until();
        if (day == null) return no("day", "day");
        if (starts == null || ends == null || !starts.isBefore(ends)) return no("starts", "time");
        if (!REASONS.contains(typed.reason())) return no("reason", "reason");
        if (past(before, at) || !day.atTime(starts).atZone(Screen.ZONE).toInstant().isAfter(at)) return no("day", "past");
        if (calendars.termAt(me.school(), day).isEmpty()) return no("day", "term");
        @Nullable UUID room = typed.roomId();
        if (room != null && schools.rooms(me.school()).stream().noneMatch(r -> r.id().equals(room))) return no("room", "room");
        if (!before.club() && !day.equals(before.day())) return no("day", "own_class");
        List<Session> inTheWay = sessions.inTheWay(me.school(), id, room, day, starts, ends);
        if (!inTheWay.isEmpty()) {
            Session first = inTheWay.getFirst();
            String key2 = room != null && room.equals(first.roomId()) ? "room_taken" : "teacher_taken";
            return Outcome.refused(new Refusal.Simple("timetable.change.refused." + key2, room != null && room.equals(first.roomId()) ? "room" : "starts", List.of(first.what())));
        }
        Optional<Sessions.Elsewhere> elsewhere = sessions.elsewhere(me.school(), before, day, starts, ends);
        if (elsewhere.isPresent())
            return Outcome.refused(new Refusal.Simple("timetable.change.refused.children_taken", "starts", List.of(elsewhere.get().children(), elsewhere.get().what(), elsewhere.get().minutes())));
        keys.once(key, "move|" + id + "|" + typed, () -> {
            sessions.change(me.school(), before, Session.State.MOVED, day, starts, ends, room, typed.reason(), me.account(), at);
            tell(me.school(), before, Words.of("timetable.notice.moved", before.what(), day.getMonthValue(), day.getDayOfMonth(), starts + "–" + ends));
            audit.record(me.school(), "timetable.session_moved", "session", id, Map.of("reason", typed.reason(), "day", day.toString()));
            return id.toString();
        });
        return Outcome.done(day);
    }

    /** As planned again. */
    @Transactional
    Outcome<LocalDate> restore(Wearer me, UUID id) {
        Session before = sessions.locked(me.school(), id);
        if (before.reason().isEmpty()) return Outcome.done(before.day());
        LocalDate planned = before.fromDay() == null ? before.day() : before.fromDay();
        Term term = calendars.termAt(me.school(), planned).orElseThrow(NotFound::new);
        sessions.restore(me.school(), term.id(), id);
        tell(me.school(), before, Words.of("timetable.notice.restored", before.what(), planned.getMonthValue(), planned.getDayOfMonth()));
        audit.record(me.school(), "timetable.session_restored", "session", id, Map.of());
        return Outcome.done(planned);
    }

    private static boolean past(Session session, Instant at) {
        return !session.day().atTime(session.ends()).atZone(Screen.ZONE).toInstant().isAfter(at);
    }

    private void tell(UUID school, Session session, Words words) {
        List<UUID> children = sessions.children(school, session);
        if (!children.isEmpty()) notices.tell(new NewNotice(school, "timetable.session_changed", words, "/", new Audience.Children(Set.copyOf(children))).urgently().about(session.id()));
        List<UUID> leaders = sessions.leaders(school, session);
        if (!leaders.isEmpty()) notices.tell(new NewNotice(school, "timetable.session_changed", words, "/timetable", new Audience.People(Set.copyOf(leaders))).urgently().about(session.id()));
    }

    private static Outcome<LocalDate> no(String field, String key) {
        return Outcome.refused(new Refusal.Simple("timetable.change.refused." + key, field, List.of()));
    }
}
