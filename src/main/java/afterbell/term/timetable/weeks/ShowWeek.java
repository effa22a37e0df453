package afterbell.term.timetable.weeks;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Place;
import afterbell.term.timetable.Timetables;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
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
    private final Calendars calendars;
    private final Roster roster;
    private final Schools schools;
    private final Clock clock;

    ShowWeek(Timetables timetables, Calendars calendars, Roster roster, Schools schools, Clock clock) {
        this.timetables = timetables;
        this.calendars = calendars;
        this.roster = roster;
        this.schools = schools;
        this.clock = clock;
    }

    public UUID term(UUID school) {
        return calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)).map(Term::id).orElseThrow(NotFound::new);
    }

    public WeekPage ofChild(Wearer me, UUID child, @Nullable String feed) {
        UUID school = me.schoolOf(child);
        Pupil pupil = roster.pupil(school, child);
        List<Place> places = timetables.ofChild(school, term(school), child);
        return new WeekPage(pupil.name(), pupil.className(), "/", periods(places), days(places), List.of(), "/children/" + child + "/feeds", feed, List.of());
    }

    public WeekPage ofStaff(Wearer me, @Nullable String feed) {
        UUID school = me.school();
        Optional<StaffMember> self = roster.staffOf(school, me.account());
        List<Timetables.Meeting> meetings = self.map(s -> timetables.ofStaff(school, term(school), s.id())).orElse(List.of());
        List<WeekPage.Link> more = new ArrayList<>();
        boolean all = me.is(WHOLE_SCHOOL);
        for (SchoolClass c : roster.classes(school))
            if (all || me.classes().contains(c.id()) || me.grades().contains(c.grade())) more.add(new WeekPage.Link("/classes/" + c.id() + "/week", "timetable.class", c.name()));
        if (all) schools.rooms(school).forEach(r -> more.add(new WeekPage.Link("/rooms/" + r.id() + "/week", "timetable.room", r.name())));
        return new WeekPage("", me.name(), "/", List.of(), List.of(), meetings, self.isPresent() ? "/timetable/feeds" : "", feed, more);
    }

    public WeekPage ofRoom(Wearer me, UUID room) {
        Schools.Room known = schools.rooms(me.school()).stream().filter(r -> r.id().equals(room)).findFirst().orElseThrow(NotFound::new);
        return new WeekPage(known.name(), "", "/timetable", List.of(), List.of(), timetables.ofRoom(me.school(), term(me.school()), room), "", null, List.of());
    }

    public WeekPage.OfClass ofClass(Wearer me, UUID schoolClass) {
        UUID school = me.school();
        SchoolClass known = roster.schoolClass(school, schoolClass);
        if (!me.is(WHOLE_SCHOOL) && !me.classes().contains(schoolClass) && !me.grades().contains(known.grade())) throw new Forbidden();
        Map<UUID, List<Place>> byChild = new LinkedHashMap<>();
        TreeSet<Integer> weekdays = new TreeSet<>();
        for (Place p : timetables.ofClass(school, term(school), schoolClass)) {
            byChild.computeIfAbsent(p.pupil(), k -> new ArrayList<>()).add(p);
            weekdays.add(p.weekday());
        }
        List<WeekPage.Row> rows = byChild.values().stream()
                .map(places -> new WeekPage.Row(places.getFirst().name(), weekdays.stream().map(d -> stop(places, d)).toList()))
                .toList();
        return new WeekPage.OfClass(schoolClass, known.name(), List.copyOf(weekdays), rows, schools.get(school).name());
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
        for (Place p : places) names.putIfAbsent(p.ordinal(), time(p.starts()) + "–" + time(p.ends()));
        return List.copyOf(names.values());
    }

    private static List<WeekPage.Day> days(List<Place> places) {
        int most = places.stream().mapToInt(Place::ordinal).max().orElse(0);
        Map<Integer, Map<Integer, Place>> byDay = new TreeMap<>();
        for (Place p : places) byDay.computeIfAbsent(p.weekday(), d -> new TreeMap<>()).put(p.ordinal(), p);
        return byDay.entrySet().stream()
                .map(e -> new WeekPage.Day(e.getKey(), IntStream.rangeClosed(1, most).mapToObj(o -> cell(e.getValue().get(o))).toList()))
                .toList();
    }

    private static WeekPage.Cell cell(@Nullable Place p) {
        return p == null ? new WeekPage.Cell("none", "", "") : new WeekPage.Cell(p.kind(), p.what(), p.room());
    }

    private static String time(LocalTime t) {
        return HOUR.format(t);
    }
}
