package afterbell.term.timetable.feeds;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Term;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Feeds;
import afterbell.term.timetable.Session;
import afterbell.term.timetable.Sessions;
import afterbell.term.timetable.Timetables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A term's meetings as iCalendar (RFC 5545), one event per day and meeting, in UTC; a day without service has none. */
@Component
class WriteFeed {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private final Timetables timetables;
    private final Sessions sessions;
    private final Calendars calendars;
    private final MessageSource messages;
    private final Clock clock;

    WriteFeed(Timetables timetables, Sessions sessions, Calendars calendars, MessageSource messages, Clock clock) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.calendars = calendars;
        this.messages = messages;
        this.clock = clock;
    }

    private record Hour(int weekday, LocalTime starts, LocalTime ends, String what, String where, String id) {}

    @Transactional(readOnly = true)
    public byte[] of(Feeds.Feed feed) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Term term = calendars.termAt(feed.school(), today).orElseThrow(NotFound::new);
        List<Hour> hours = feed.kind().equals("child") ? ofChild(feed.school(), term.id(), feed.subject()) : ofStaff(feed.school(), term.id(), feed.subject());
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Afterbell//Timetable//ZH"));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(ImmutableCalScale.GREGORIAN);
        if (sessions.filled(feed.school(), term.id())) {
            LocalDate first = term.dates().first();
            LocalDate last = term.dates().last();
            List<Session> all = feed.kind().equals("child") ? sessions.ofChild(feed.school(), feed.subject(), first, last) : sessions.ofStaff(feed.school(), feed.subject(), first, last);
            String own = messages.getMessage("timetable.own", null, Locale.SIMPLIFIED_CHINESE);
            all.forEach(s -> calendar.add(event(s, feed.kind().equals("child") && !s.club() ? own : s.what())));
            return bytes(calendar);
        }
        for (SchoolDay day : calendars.days(feed.school(), term.id()).teaching()) {
            for (Hour h : hours) if (h.weekday() == day.follows().getValue()) calendar.add(event(day.date(), h));
        }
        return bytes(calendar);
    }

    private List<Hour> ofChild(UUID school, UUID term, UUID child) {
        List<Hour> all = new ArrayList<>();
        String own = messages.getMessage("timetable.own", null, Locale.SIMPLIFIED_CHINESE);
        timetables.ofChild(school, term, child).stream().filter(p -> p.stays()).forEach(p -> all.add(new Hour(
                p.weekday(), p.starts(), p.ends(), p.kind().equals("club") ? p.what() : own, p.room(), child + "-" + p.weekday() + "-" + p.ordinal())));
        return all;
    }

    private List<Hour> ofStaff(UUID school, UUID term, UUID staff) {
        return timetables.ofStaff(school, term, staff).stream().map(m -> new Hour(m.weekday(), m.starts(), m.ends(), m.what(), m.room(), m.section() + "-" + m.weekday() + "-" + m.ordinal())).toList();
    }

    /** One meeting; a dropped one says so, and the same id lets a phone renew what it has. */
    private static VEvent event(Session s, String what) {
        VEvent event = new VEvent(s.day().atTime(s.starts()).atZone(Screen.ZONE).toInstant(), s.day().atTime(s.ends()).atZone(Screen.ZONE).toInstant(), what);
        event.add(new Uid(s.id() + "@afterbell"));
        if (!s.room().isEmpty()) event.add(new Location(s.room()));
        if (s.state() == Session.State.DROPPED) event.add(ImmutableStatus.VEVENT_CANCELLED);
        return event;
    }

    private static VEvent event(LocalDate day, Hour h) {
        VEvent event = new VEvent(
                day.atTime(h.starts()).atZone(Screen.ZONE).withZoneSameInstant(ZoneOffset.UTC).toInstant(), day.atTime(h.ends()).atZone(Screen.ZONE).toInstant(), h.what());
        event.add(new Uid(STAMP.format(day) + "-" + h.id() + "@afterbell"));
        if (!h.where().isEmpty()) event.add(new Location(h.where()));
        return event;
    }

    private static byte[] bytes(Calendar calendar) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new CalendarOutputter().output(calendar, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
}
