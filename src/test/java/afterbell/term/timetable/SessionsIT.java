package afterbell.term.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.CalendarEvent;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Closure;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.web.Screen;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenResult;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.StringReader;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
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
    ApplicationEventPublisher events;

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

    @Test
    @Req("R26")
    void a_closure_drops_the_sessions_of_its_days_and_taking_it_back_brings_them_back() {
        publish();
        LocalDate day = nextClubDay();
        UUID closure = given.in(school, () -> {
            UUID id = termStore.addClosure(school, new Closure(day, day, Set.of(), Set.of(), Closure.Reason.values()[0], ""));
            events.publishEvent(new CalendarEvent.ClosureAdded(school, id, day, day));
            return id;
        });
        assertThat(clubDays("dropped")).containsExactly(day);
        given.in(school, () -> {
            termStore.dropClosure(school, closure);
            events.publishEvent(new CalendarEvent.ClosureRemoved(school, closure, day, day));
            return true;
        });
        assertThat(clubDays("dropped")).isEmpty();
        assertThat(clubDays("planned")).isEqualTo(planned());
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
