package afterbell.term.timetable.weeks;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Objections;
import afterbell.term.timetable.Place;
import afterbell.term.timetable.Session;
import afterbell.term.timetable.Sessions;
import afterbell.term.timetable.Timetables;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
@Transactional(readOnly = true)
class ShowWeek {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);
    private static final Role[] WHOLE_SCHOOL = {Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER};

    private final Timetables timetables;
    private final Sessions sessions;
    private final Objections objections;
    private final Calendars calendars;
    private final Roster roster;
    private final Schools schools;
    private final Questions questions;
    private final Clock clock;

    ShowWeek(Timetables timetables, Sessions sessions, Objections objections, Calendars calendars, Roster roster, Schools schools, Questions questions, Clock clock) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.objections = objections;
        this.calendars = calendars;
        this.roster = roster;
        this.schools = schools;
        this.questions = questions;
        this.clock = clock;
    }

    public UUID term(UUID school) {
        return termOf(school).id();
    }

    private Term termOf(UUID school) {
        return calendars.termAt(school, today()).orElseThrow(NotFound::new);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    public WeekPage ofChild(Wearer me, UUID child, @Nullable LocalDate asked, @Nullable String feed, Locale locale) {
        UUID school = me.schoolOf(child);
        Pupil pupil = roster.pupil(school, child);
        Term term = termOf(school);
        List<Place> places = timetables.ofChild(school, term.id(), child);
        boolean guardian = me.children(Role.GUARDIAN).contains(child);
        String path = "/children/" + child + "/week";
        boolean known = places.stream().anyMatch(Place::stays);
        if (!known || !sessions.filled(school, term.id()))
            return new WeekPage(pupil.name(), pupil.className(), "/", periods(places), known ? days(places) : List.of(), List.of(), List.of(), null, "/children/" + child + "/feeds", feed, List.of(), List.of(), List.of(), objecting(me, school, term, child, guardian));
        TermCalendar calendar = calendars.of(school, term);
        LocalDate monday = monday(calendar, asked);
        List<Session> week = sessions.ofChild(school, child, monday, monday.plusDays(6));
        return new WeekPage(
                pupil.name(),
                pupil.className(),
                "/",
                periods(places),
                dated(calendar, places, week, monday, locale),
                List.of(),
                List.of(),
                dates(calendar, monday, path, week),
                "/children/" + child + "/feeds",
                feed,
                List.of(),
                List.of(),
                List.of(),
                objecting(me, school, term, child, guardian));
    }

    private WeekPage.@Nullable Objecting objecting(Wearer me, UUID school, Term term, UUID child, boolean guardian) {
        if (!guardian) return null;
        return objections.published(school, term.id())
                .map(p -> new WeekPage.Objecting("/children/" + child + "/objections", p.openAt(clock.instant()), p.until(), objections.all(school, term.id(), child)))
                .orElse(null);
    }

    /** The asked week inside the term; else this one, on a weekend the next. */
    private LocalDate monday(TermCalendar calendar, @Nullable LocalDate asked) {
        LocalDate day = asked == null ? today() : asked;
        if (asked == null && day.getDayOfWeek().getValue() > 5) day = day.plusDays(2);
        LocalDate first = calendar.basicFrom();
        LocalDate last = calendar.term().dates().last();
        if (day.isBefore(first)) day = first;
        if (day.isAfter(last)) day = last;
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static WeekPage.Dates dates(TermCalendar calendar, LocalDate monday, String path, List<Session> week) {
        LocalDate before = monday.minusWeeks(1);
        LocalDate after = monday.plusWeeks(1);
        return new WeekPage.Dates(
                monday,
                calendar.days().on(monday).map(SchoolDay::week).orElse(0),
                path,
                before.plusDays(6).isBefore(calendar.basicFrom()) ? null : before,
                after.isAfter(calendar.term().dates().last()) ? null : after,
                week.stream().filter(s -> s.state() != Session.State.PLANNED).toList());
    }

    /** The child's days of one week: what the plan says, corrected by what takes place. */
    private List<WeekPage.Day> dated(TermCalendar calendar, List<Place> places, List<Session> week, LocalDate monday, Locale locale) {
        int most = places.stream().mapToInt(Place::ordinal).max().orElse(0);
        List<WeekPage.Day> days = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            LocalDate date = monday.plusDays(i);
            Optional<SchoolDay> day = calendar.days().on(date);
            List<Session> here = week.stream().filter(s -> s.day().equals(date) || date.equals(s.fromDay())).toList();
            if (i > 4 && here.isEmpty()) continue;
            int follows = day.map(d -> d.follows().getValue()).orElse(i + 1);
            List<WeekPage.Cell> cells = new ArrayList<>();
            for (int ordinal = 1; ordinal <= most; ordinal++) cells.add(stop(places, here, follows, ordinal, date, !date.isBefore(calendar.basicFrom())));
            boolean nothing = here.stream().noneMatch(s -> s.state() != Session.State.DROPPED);
            days.add(new WeekPage.Day(i + 1, date, date.equals(today()), nothing ? day.map(d -> d.name().in(locale)).orElse("") : "", cells));
        }
        return days;
    }

    private static WeekPage.Cell stop(List<Place> places, List<Session> here, int weekday, int ordinal, LocalDate date, boolean begun) {
        Optional<Place> place = places.stream().filter(p -> p.weekday() == weekday && p.ordinal() == ordinal).findFirst();
        Optional<Session> session = here.stream().filter(s -> s.ordinal() == ordinal && place.isPresent() && (s.club() == (place.get().section() != null))).findFirst();
        if (place.isEmpty()) return WeekPage.Cell.of("none", "", "");
        if (!place.get().stays()) return WeekPage.Cell.of(here.isEmpty() ? "none" : "home", "", "");
        if (session.isEmpty()) return place.get().section() != null && begun && !here.isEmpty() ? WeekPage.Cell.of("own", "", "") : WeekPage.Cell.of("none", "", "");
        Session s = session.get();
        boolean away = !s.day().equals(date);
        if (s.state() == Session.State.DROPPED && !s.club()) return WeekPage.Cell.of("none", "", "");
        if (s.state() == Session.State.DROPPED || away) return new WeekPage.Cell("changed", s.what(), "", s.state(), away ? s.day() : null, s.club());
        String title = s.club() ? s.what() : place.get().what();
        return new WeekPage.Cell(s.club() ? "club" : "own", title, s.room(), s.state() == Session.State.PLANNED ? null : s.state(), null, false);
    }

    public WeekPage ofStaff(Wearer me, @Nullable LocalDate asked, @Nullable String feed) {
        UUID school = me.school();
        Question<StaffMember> member = Roster.memberOf(school, me.account());
        Question<SchoolClass> classes = Roster.classesOf(school);
        Question<Schools.Room> rooms = Schools.roomsOf(school);
        Question<StaffMember> staff = Roster.staffOf(school);
        Questions.Answers known = questions.ask(member, classes, rooms, staff);
        Optional<StaffMember> self = known.one(member);
        Term term = termOf(school);
        List<WeekPage.Link> more = new ArrayList<>();
        boolean all = me.is(WHOLE_SCHOOL);
        for (SchoolClass c : known.of(classes))
            if (all || me.classes().contains(c.id()) || me.grades().contains(c.grade())) more.add(new WeekPage.Link("/classes/" + c.id() + "/week", "timetable.class", c.name()));
        if (all) known.of(rooms).forEach(r -> more.add(new WeekPage.Link("/rooms/" + r.id() + "/week", "timetable.room", r.name())));
        List<WeekPage.Link> people = all ? known.of(staff).stream().map(s -> new WeekPage.Link(href(s.id()), "timetable.people", s.name())).toList() : List.of();
        List<WeekPage.Link> tools = new ArrayList<>();
        self.ifPresent(s -> tools.add(new WeekPage.Link(href(s.id()) + "/paper" + (asked == null ? "" : "?week=" + asked), "timetable.print", "")));
        if (all) tools.add(new WeekPage.Link("/timetable/days", "timetable.day.go", ""));
        if (me.is(Role.OFFICE, Role.PRINCIPAL)) {
            tools.add(new WeekPage.Link("/objections", "timetable.objections.go", ""));
            tools.add(new WeekPage.Link("/timetable/master.xlsx", "timetable.master.get", ""));
            tools.add(new WeekPage.Link("/timetable/lists.xlsx", "timetable.lists.get", ""));
        }
        String feeds = self.isPresent() ? "/timetable/feeds" : "";
        if (self.isEmpty() || !sessions.filled(school, term.id())) {
            List<Timetables.Meeting> meetings = self.map(s -> timetables.ofStaff(school, term.id(), s.id())).orElse(List.of());
            return new WeekPage("", me.name(), "/", List.of(), List.of(), meetings, List.of(), null, feeds, feed, more, people, tools, null);
        }
        TermCalendar calendar = calendars.of(school, term);
        LocalDate monday = monday(calendar, asked);
        List<Session> week = sessions.ofStaff(school, self.get().id(), monday, monday.plusDays(6));
        List<Timetables.Meeting> toCome = timetables.ofStaff(school, term.id(), self.get().id()).stream().filter(m -> !m.settled()).toList();
        return new WeekPage("", me.name(), "/", List.of(), List.of(), toCome, week, dates(calendar, monday, "/timetable", week), feeds, feed, more, people, tools, null);
    }

    private static String href(UUID staff) {
        return "/staff/" + staff + "/week";
    }

    /** The week of one of the staff: everybody's for who runs the afternoon, else one's own alone. */
    public WeekPage ofPerson(Wearer me, UUID staff, @Nullable LocalDate asked) {
        UUID school = me.school();
        StaffMember person = roster.staff(school).stream().filter(s -> s.id().equals(staff) && (me.is(WHOLE_SCHOOL) || me.account().equals(s.account()))).findFirst().orElseThrow(NotFound::new);
        Term term = termOf(school);
        List<WeekPage.Link> tools = List.of(new WeekPage.Link(href(staff) + "/paper" + (asked == null ? "" : "?week=" + asked), "timetable.print", ""));
        if (!sessions.filled(school, term.id()))
            return new WeekPage(person.name(), person.subject(), "/timetable", List.of(), List.of(), timetables.ofStaff(school, term.id(), staff), List.of(), null, "", null, List.of(), List.of(), tools, null);
        TermCalendar calendar = calendars.of(school, term);
        LocalDate monday = monday(calendar, asked);
        List<Session> week = sessions.ofStaff(school, staff, monday, monday.plusDays(6));
        return new WeekPage(person.name(), person.subject(), "/timetable", List.of(), List.of(), List.of(), week, dates(calendar, monday, href(staff), week), "", null, List.of(), List.of(), tools, null);
    }

    /** The same for paper. */
    public WeekPage.OnPaper onPaper(Wearer me, UUID staff, @Nullable LocalDate asked) {
        return new WeekPage.OnPaper(href(staff), asked, ofPerson(me, staff, asked), schools.get(me.school()).name());
    }

    public WeekPage ofRoom(Wearer me, UUID room, @Nullable LocalDate asked) {
        UUID school = me.school();
        Schools.Room known = schools.rooms(school).stream().filter(r -> r.id().equals(room)).findFirst().orElseThrow(NotFound::new);
        Term term = termOf(school);
        if (!sessions.filled(school, term.id()))
            return new WeekPage(known.name(), "", "/timetable", List.of(), List.of(), timetables.ofRoom(school, term.id(), room), List.of(), null, "", null, List.of(), List.of(), List.of(), null);
        TermCalendar calendar = calendars.of(school, term);
        LocalDate monday = monday(calendar, asked);
        List<Session> week = sessions.ofRoom(school, room, monday, monday.plusDays(6));
        return new WeekPage(known.name(), "", "/timetable", List.of(), List.of(), List.of(), week, dates(calendar, monday, "/rooms/" + room + "/week", week), "", null, List.of(), List.of(), List.of(), null);
    }

    public WeekPage.OfClass ofClass(Wearer me, UUID schoolClass) {
        UUID school = me.school();
        SchoolClass known = roster.schoolClass(school, schoolClass);
        if (!me.is(WHOLE_SCHOOL) && !me.classes().contains(schoolClass) && !me.grades().contains(known.grade())) throw new NotFound();
        Map<UUID, List<Place>> byChild = new LinkedHashMap<>();
        TreeSet<Integer> weekdays = new TreeSet<>();
        for (Place p : timetables.ofClass(school, term(school), schoolClass)) {
            byChild.computeIfAbsent(p.pupil(), k -> new ArrayList<>()).add(p);
            weekdays.add(p.weekday());
        }
        List<WeekPage.Row> rows = byChild.values().stream()
                .map(places -> new WeekPage.Row(places.getFirst().name(), weekdays.stream().map(d -> stop(places, d)).toList()))
                .toList();
        LocalDate monday = today().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        List<Session> changes = sessions.changesOfClass(school, schoolClass, monday, monday.plusDays(13));
        return new WeekPage.OfClass(schoolClass, known.name(), List.copyOf(weekdays), rows, schools.get(school).name(), changes);
    }

    private static WeekPage.Stop stop(List<Place> places, int weekday) {
        List<Place> day = places.stream().filter(p -> p.weekday() == weekday && p.stays()).toList();
        if (day.isEmpty()) return new WeekPage.Stop(List.of(), false);
        boolean own = day.stream().allMatch(p -> p.kind().equals("own"));
        List<String> where = day.stream().filter(p -> p.kind().equals("club")).map(p -> p.room().isEmpty() ? p.what() : p.what() + " " + p.room()).distinct().toList();
        return new WeekPage.Stop(where, own);
    }

    private static List<String> periods(List<Place> places) {
        Map<Integer, String> names = new TreeMap<>();
        for (Place p : places) names.putIfAbsent(p.ordinal(), time(p.starts()));
        return List.copyOf(names.values());
    }

    private static List<WeekPage.Day> days(List<Place> places) {
        int most = places.stream().mapToInt(Place::ordinal).max().orElse(0);
        Map<Integer, Map<Integer, Place>> byDay = new TreeMap<>();
        for (Place p : places) byDay.computeIfAbsent(p.weekday(), d -> new TreeMap<>()).put(p.ordinal(), p);
        return byDay.entrySet().stream()
                .map(e -> new WeekPage.Day(e.getKey(), null, false, "", IntStream.rangeClosed(1, most).mapToObj(o -> cell(e.getValue().get(o))).toList()))
                .toList();
    }

    private static WeekPage.Cell cell(@Nullable Place p) {
        return p == null ? WeekPage.Cell.of("none", "", "") : WeekPage.Cell.of(p.kind(), p.what(), p.room());
    }

    private static String time(LocalTime t) {
        return HOUR.format(t);
    }
}
