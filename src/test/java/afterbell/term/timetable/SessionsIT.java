package afterbell.term.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Closure;
import afterbell.base.calendar.SchoolAfternoon;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Sheet;
import afterbell.term.placement.Seats;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenResult;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SessionsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    GivenResult seats;

    @Autowired
    Sessions sessions;

    @Autowired
    Calendars calendars;

    @Autowired
    TermStore termStore;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Seats places;

    @Autowired
    Enrolments enrolments;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    LocalDate today;
    UUID school;
    UUID term;
    UUID klass;
    List<UUID> pupils;
    UUID tuesday;
    UUID chess;
    TermCalendar calendar;

    @BeforeEach
    void a_term_in_its_sixth_week_with_a_club() {
        today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        school = given.school();
        LocalDate first = today.minusWeeks(6).with(DayOfWeek.MONDAY);
        term = terms.term(school, today.getYear(), new TermDates(first, first.plusWeeks(16)));
        klass = terms.schoolClass(school, 3, 2);
        pupils = terms.pupils(school, klass, 3);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 1);
        chess = terms.section(school, term, terms.club("C1", tuesday));
        seats.seat(school, chess, 3, pupils.subList(0, 2), first);
        calendar = given.in(school, () -> calendars.of(school, term));
    }

    private void publish() {
        seats.publish(school, rounds.open(school, term), term, Duration.ofDays(3));
    }

    private List<LocalDate> clubDays(String state) {
        return given.in(school, () -> sql.sql("select day from timetable.pub_session where section_id = :x and state = :state order by day").param("x", chess).param("state", state).query(LocalDate.class).list());
    }

    /** Days on which the calendar rings Tuesday's bell once clubs have begun. */
    private List<LocalDate> planned() {
        return calendar.days().all().stream().map(d -> d.date()).filter(d -> !d.isBefore(calendar.clubsFrom())).filter(d -> calendar.slotsOn("all", d).stream().anyMatch(s -> s.id().equals(tuesday))).toList();
    }

    private LocalDate nextClubDay() {
        return planned().stream().filter(d -> d.isAfter(today)).findFirst().orElseThrow();
    }

    private UUID session(LocalDate day) {
        return given.in(school, () -> sql.sql("select session_id from timetable.session where section_id = :x and coalesce(from_day, day) = :d").param("x", chess).param("d", day).query(UUID.class).single());
    }

    @Test
    @Req("R43")
    void a_classs_week_is_a_page_a_picture_and_a_file_of_one_page_for_its_own_people() throws Exception {
        terms.pupils(school, klass, 45);
        publish();
        String week = "/classes/" + klass + "/week";
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass));
        assertThat(teacher.get(week + "/paper").body()).contains(week + "/paper.pdf", "社团C1");
        byte[] file = teacher.http().send(HttpRequest.newBuilder(URI.create(visitors.base() + week + "/paper.pdf")).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
        try (PDDocument paper = Loader.loadPDF(file)) {
            assertThat(paper.getNumberOfPages()).as("48 children on the door").isOne();
        }
        var picture = teacher.get(week + "/picture");
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(picture.body()).contains("PNG", "IHDR", "IEND");
        Visitor other = visitors.signedIn(given.classTeacher(school, terms.schoolClass(school, 3, 3)));
        for (String kind : List.of("/paper", "/paper.pdf", "/picture")) assertThat(other.get(week + kind).statusCode()).as(kind).isEqualTo(404);
    }

    @Test
    @Req("R43")
    void the_week_of_a_teacher_is_seen_and_printed_by_office_and_duty_leader_and_by_no_colleague() {
        UUID leader = UUID.randomUUID();
        String user = given.staff(school, Role.SERVICE_TEACHER);
        given.in(school, () -> {
            sql.sql("insert into roster.staff (school_id, staff_id, account_id, code, name, initials, kind, subject) select :s, :f, a.account_id, 'T77', '陈老师', 'cls', 'teacher', '' from identity.account a where a.user_name = :u")
                    .param("s", school).param("f", leader).param("u", user).update();
            return sql.sql("insert into programme.section_teacher (school_id, section_id, staff_id, main) values (:s, :x, :f, true)").param("s", school).param("x", chess).param("f", leader).update();
        });
        publish();
        String week = "/staff/" + leader + "/week";
        LocalDate day = nextClubDay();
        for (Role role : List.of(Role.OFFICE, Role.DUTY_LEADER)) {
            Visitor runs = visitors.signedIn(given.staff(school, role));
            assertThat(runs.get("/timetable").body()).as(role.name()).contains(week);
            assertThat(runs.get(week + "?week=" + day).body()).contains("陈老师", "社团C1", week + "/paper");
            assertThat(runs.get(week + "/paper?week=" + day).body()).contains("陈老师", "社团C1", week + "/paper.pdf?week=" + day);
            assertThat(runs.get(week + "/paper.pdf?week=" + day).body()).startsWith("%PDF-");
        }
        assertThat(visitors.signedIn(user).get(week).statusCode()).as("one's own").isEqualTo(200);
        assertThat(visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER)).get(week).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(school, Role.OFFICE)).get("/staff/" + UUID.randomUUID() + "/week").statusCode()).isEqualTo(404);
    }

    @Test
    @Req({"R43", "R24"})
    void publishing_a_result_writes_every_session_of_the_term_and_doing_it_again_changes_nothing() {
        publish();
        assertThat(planned()).isNotEmpty();
        assertThat(clubDays("planned")).isEqualTo(planned());
        long own = given.in(school, () -> sql.sql("select count(*) from timetable.pub_session where class_id = :c").param("c", klass).query(Long.class).single());
        long bells = calendar.days().all().stream().filter(d -> !d.date().isBefore(calendar.basicFrom())).mapToLong(d -> calendar.slotsOn("all", d.date()).size()).sum();
        assertThat(own).isEqualTo(bells);
        Sessions.Filled again = given.in(school, () -> sessions.fill(school, term));
        assertThat(again).isEqualTo(new Sessions.Filled(0, 0));
    }

    private Visitor office() {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/calendar/terms/" + term + "/days");
        return office;
    }

    private void arrange(Visitor office, String what, Map<String, String> form) {
        Map<String, String> sent = new HashMap<>(form);
        sent.put("_key", UUID.randomUUID().toString());
        assertThat(office.post("/calendar/terms/" + term + "/" + what, sent).statusCode()).isEqualTo(303);
    }

    private void takeBack(Visitor office, String what) {
        Matcher m = Pattern.compile("action=\"(/calendar/terms/[0-9a-f-]+/" + what + "/[^\"]+/removal)\"").matcher(office.get("/calendar/terms/" + term + "/days").body());
        assertThat(m.find()).isTrue();
        assertThat(office.post(m.group(1), Map.of()).statusCode()).isEqualTo(303);
    }

    private List<String> clubTimes(LocalDate day) {
        return given.in(school, () -> sql.sql("select state || ' ' || to_char(starts, 'HH24:MI') || ' ' || to_char(ends, 'HH24:MI') from timetable.pub_session where section_id = :x and day = :d")
                .param("x", chess)
                .param("d", day)
                .query(String.class)
                .list());
    }

    @Test
    @Req("R26")
    void a_closure_drops_the_sessions_of_its_days_and_taking_it_back_brings_them_back() {
        publish();
        LocalDate day = nextClubDay();
        Visitor office = office();
        arrange(office, "closures", Map.of("from", day.toString(), "reason", "AIR"));
        assertThat(clubDays("dropped")).containsExactly(day);
        takeBack(office, "closures");
        assertThat(clubDays("dropped")).isEmpty();
        assertThat(clubDays("planned")).isEqualTo(planned());
    }

    @Test
    @Req("R26")
    void a_special_afternoon_moves_and_shortens_the_sessions_of_its_days_and_taking_it_back_restores_them() {
        publish();
        LocalDate day = nextClubDay();
        Visitor office = office();
        arrange(office, "special-afternoons", Map.of("from", day.toString(), "minutes", "30", "direction", "earlier"));
        assertThat(clubTimes(day)).containsExactly("planned 15:30 16:20");
        takeBack(office, "special-afternoons");
        arrange(office, "special-afternoons", Map.of("from", day.toString(), "ends", "16:30"));
        assertThat(clubTimes(day)).containsExactly("planned 16:00 16:30");
        takeBack(office, "special-afternoons");
        arrange(office, "special-afternoons", Map.of("from", day.toString(), "ends", "15:30"));
        assertThat(clubTimes(day)).containsExactly("dropped 16:00 16:50");
        takeBack(office, "special-afternoons");
        assertThat(clubTimes(day)).containsExactly("planned 16:00 16:50");
    }

    @Test
    @Req("R27")
    void days_that_changed_without_an_act_of_the_school_are_caught_up_once() {
        publish();
        LocalDate day = nextClubDay();
        given.in(school, () -> termStore.addClosure(school, new Closure(day, day, Set.of(), Set.of(), Closure.Reason.OTHER, "")));
        assertThat(clubDays("dropped")).isEmpty();
        given.in(school, () -> {
            assertThat(sessions.catchUp(school, term)).isTrue();
            assertThat(sessions.catchUp(school, term)).isFalse();
            return true;
        });
        assertThat(clubDays("dropped")).containsExactly(day);
    }

    @Test
    @Req({"R28", "R78"})
    void a_day_expects_each_child_in_its_club_or_its_own_class_as_long_as_its_family_said() {
        LocalDate day = nextClubDay();
        UUID early = pupils.get(2);
        answered(Map.of(pupils.get(0), 2, pupils.get(1), 1, early, 1));
        publish();
        Map<UUID, List<String>> expected = expected(day);
        assertThat(expected.get(pupils.get(0))).containsExactly("club 16:00–16:50", "own 17:00–17:50");
        assertThat(expected.get(pupils.get(1))).containsExactly("club 16:00–16:50");
        assertThat(expected.get(early)).containsExactly("own 16:00–16:50");

        // The club is dropped: its children are in their own class.
        Visitor office = office();
        office.get("/timetable/days/" + day);
        office.post("/sessions/" + session(day) + "/dropping", Map.of("_key", UUID.randomUUID().toString(), "reason", "teacher"));
        assertThat(expected(day).get(pupils.get(1))).containsExactly("own 16:00–16:50");

        // A seat that was given back counts until its last day.
        UUID seat = given.in(school, () -> sql.sql("select seat_id from placement.pub_seat where pupil_id = :p").param("p", pupils.get(0)).query(UUID.class).single());
        LocalDate last = planned().stream().filter(d -> d.isAfter(day)).findFirst().orElseThrow();
        given.in(school, () -> places.leave(school, seat, new Seats.Act(null, clock.instant(), last, last.plusDays(1)), "left"));
        assertThat(expected(last).get(pupils.get(0))).contains("club 16:00–16:50");
        assertThat(expected(last.plusWeeks(1)).get(pupils.get(0))).containsExactly("own 16:00–16:50", "own 17:00–17:50");
        SchoolAfternoon afternoon = given.in(school, () -> calendars.afternoon(school, day)).orElseThrow();
        assertThat(afternoon.lastBell(3)).contains(LocalTime.of(16, 0));
        assertThat(afternoon.ends(3)).contains(LocalTime.of(17, 50));
    }

    /** A closed round in which these children stay until that period on each day. */
    private void answered(Map<UUID, Integer> until) {
        UUID round = rounds.open(school, term);
        List<Enrolments.Entry> entries = until.entrySet().stream()
                .map(e -> new Enrolments.Entry(e.getKey(), 3, new Sheet(true, Map.of(1, e.getValue(), 2, e.getValue(), 3, e.getValue(), 4, e.getValue(), 5, e.getValue()), Map.of(), Sheet.Waiting.ASK), new UUID(0, 1), clock.instant()))
                .toList();
        given.in(school, () -> enrolments.enterAll(school, round, entries, true));
        rounds.close(school, round);
    }

    private Map<UUID, List<String>> expected(LocalDate day) {
        return given.in(school, () -> sessions.expected(school, day)).stream()
                .collect(Collectors.groupingBy(Expected::pupil, Collectors.mapping(e -> (e.section() == null ? "own " : "club ") + e.starts() + "–" + e.ends(), Collectors.toList())));
    }

    @Test
    @Req({"R26", "R144"})
    void a_session_dropped_by_hand_stays_dropped_and_its_children_see_their_own_class() {
        publish();
        LocalDate day = nextClubDay();
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String page = office.get("/timetable/days/" + day).body();
        assertThat(page).contains("社团C1");
        String drop = "/sessions/" + session(day) + "/dropping";
        assertThat(office.post(drop, Map.of("_key", UUID.randomUUID().toString(), "reason", "nonsense")).statusCode()).isEqualTo(422);
        assertThat(office.post(drop, Map.of("_key", UUID.randomUUID().toString(), "reason", "weather")).statusCode()).isEqualTo(303);
        given.in(school, () -> sessions.fill(school, term));
        assertThat(clubDays("dropped")).containsExactly(day);

        Visitor family = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        String week = family.get("/children/" + pupils.getFirst() + "/week?week=" + day).body();
        assertThat(week).contains("停一次").contains("在本班").contains("天气");
        Visitor neighbour = visitors.signedIn(given.guardian(school, pupils.get(2)));
        assertThat(neighbour.get("/children/" + pupils.get(2) + "/week?week=" + day).body()).doesNotContain("停一次");
        assertThat(neighbour.get("/children/" + pupils.getFirst() + "/week").statusCode()).isEqualTo(404);

        assertThat(office.post("/sessions/" + session(day) + "/restoring", Map.of()).statusCode()).isEqualTo(303);
        assertThat(clubDays("dropped")).isEmpty();
    }

    @Test
    @Req("R26")
    void a_moved_session_takes_place_on_its_new_day_and_not_where_the_room_is_taken() {
        publish();
        LocalDate day = nextClubDay();
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/timetable/days/" + day);
        Map<String, String> to = Map.of("_key", UUID.randomUUID().toString(), "day", day.plusDays(1).toString(), "starts", "18:00", "ends", "18:40", "reason", "event");
        assertThat(office.post("/sessions/" + session(day) + "/moving", to).statusCode()).isEqualTo(303);
        assertThat(clubDays("moved")).containsExactly(day.plusDays(1));
        given.in(school, () -> sessions.fill(school, term));
        assertThat(clubDays("moved")).containsExactly(day.plusDays(1));
        Map<String, String> past = Map.of("_key", UUID.randomUUID().toString(), "day", today.minusDays(3).toString(), "starts", "18:00", "ends", "18:40", "reason", "event");
        LocalDate later = planned().stream().filter(d -> d.isAfter(day)).findFirst().orElseThrow();
        assertThat(office.post("/sessions/" + session(later) + "/moving", past).statusCode()).isEqualTo(422);
        assertThat(office.post("/sessions/" + session(later) + "/moving", Map.of("_key", UUID.randomUUID().toString(), "day", "x", "starts", "", "ends", "9", "reason", "")).statusCode()).isEqualTo(422);
        assertThat(office.post("/sessions/" + session(later) + "/moving", Map.of("_key", UUID.randomUUID().toString(), "day", "x", "starts", "", "ends", "09:07", "reason", "")).body()).as("what was typed").contains("value=\"09:07\"");
    }

    @Test
    @Req({"R26", "R43"})
    void a_session_is_not_moved_to_where_its_children_are_in_another_club() {
        UUID drama = terms.section(school, term, terms.club("C2", terms.slot(term, DayOfWeek.WEDNESDAY, 1)));
        seats.seat(school, drama, 3, pupils.subList(1, 3), today.minusWeeks(6).with(DayOfWeek.MONDAY));
        publish();
        LocalDate day = nextClubDay();
        LocalDate wednesday = given.in(school, () -> sql.sql("select min(day) from timetable.pub_session where section_id = :x and day > :d").param("x", drama).param("d", day).query(LocalDate.class).single());
        Visitor office = office();
        office.get("/timetable/days/" + day);
        String move = "/sessions/" + session(day) + "/moving";
        Map<String, String> meets = Map.of("_key", UUID.randomUUID().toString(), "day", wednesday.toString(), "starts", "16:30", "ends", "17:10", "reason", "event");
        assertThat(office.post(move, meets).body()).contains("1 个孩子那时在“社团C2”，重叠 20 分钟");
        assertThat(clubDays("moved")).isEmpty();
        Map<String, String> after = Map.of("_key", UUID.randomUUID().toString(), "day", wednesday.toString(), "starts", "16:50", "ends", "17:30", "reason", "event");
        assertThat(office.post(move, after).statusCode()).isEqualTo(303);
    }

    @Test
    @Req("R43")
    void the_calendar_feed_of_a_child_holds_its_sessions_and_marks_a_dropped_one() throws Exception {
        publish();
        UUID child = pupils.getFirst();
        LocalDate day = nextClubDay();
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/timetable/days/" + day);
        office.post("/sessions/" + session(day) + "/dropping", Map.of("_key", UUID.randomUUID().toString(), "reason", "teacher"));
        Visitor family = visitors.signedIn(given.guardian(school, child));
        family.get("/children/" + child + "/week");
        Matcher m = Pattern.compile("/calendar/[A-Za-z0-9_-]+\\.ics").matcher(family.post("/children/" + child + "/feeds", Map.of()).body());
        assertThat(m.find()).isTrue();
        var answer = visitors.stranger().get(m.group());
        assertThat(answer.statusCode()).isEqualTo(200);
        Calendar read = new CalendarBuilder().build(new StringReader(answer.body()));
        List<VEvent> clubs = read.getComponents("VEVENT").stream().map(VEvent.class::cast).filter(e -> e.getSummary().getValue().equals("社团C1")).toList();
        assertThat(clubs).hasSameSizeAs(planned());
        assertThat(clubs.stream().filter(e -> e.getStatus() != null && e.getStatus().getValue().equals("CANCELLED"))).hasSize(1);
        assertThat(read.validate().hasErrors()).isFalse();
        assertThat(answer.body()).doesNotContain("学生");
    }

    @Test
    @Req("R43")
    void a_family_objects_while_the_result_stands_for_it_and_reads_the_answer() {
        publish();
        UUID child = pupils.getFirst();
        Visitor family = visitors.signedIn(given.guardian(school, child));
        assertThat(family.get("/children/" + child + "/week").body()).contains("结果公示中");
        String objections = "/children/" + child + "/objections";
        assertThat(family.post(objections, Map.of("_key", UUID.randomUUID().toString(), "about", "nothing")).statusCode()).isEqualTo(422);
        for (int i = 0; i < 2; i++) assertThat(family.post(objections, Map.of("_key", UUID.randomUUID().toString(), "about", "club")).statusCode()).isEqualTo(303);
        assertThat(family.post("/children/" + pupils.get(2) + "/objections", Map.of("_key", UUID.randomUUID().toString(), "about", "club")).statusCode()).isEqualTo(404);

        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/").body()).contains("录取异议：1 条等待答复");
        String list = office.get("/objections").body();
        Matcher m = Pattern.compile("action=\"(/objections/[0-9a-f-]+)\"").matcher(list);
        assertThat(m.find()).isTrue();
        assertThat(office.post(m.group(1), Map.of("answer", "maybe")).statusCode()).isEqualTo(422);
        assertThat(office.post(m.group(1), Map.of("answer", "stands")).statusCode()).isEqualTo(303);
        assertThat(family.get("/children/" + child + "/week").body()).contains("核对无误");
    }

    @Test
    @Req("R43")
    void after_the_objection_days_the_form_is_gone_and_a_late_post_is_refused() {
        seats.publish(school, rounds.open(school, term), term, Duration.ofDays(-1));
        UUID child = pupils.getFirst();
        Visitor family = visitors.signedIn(given.guardian(school, child));
        assertThat(family.get("/children/" + child + "/week").body()).doesNotContain("结果公示中");
        var late = family.post("/children/" + child + "/objections", Map.of("_key", UUID.randomUUID().toString(), "about", "club"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("公示期已过");
    }

    @Test
    void another_schools_staff_sees_no_session() {
        publish();
        assertThat(given.within(Scope.school(given.school(), null), () -> sql.sql("select count(*) from timetable.pub_session").query(Long.class).single())).isZero();
    }
}
