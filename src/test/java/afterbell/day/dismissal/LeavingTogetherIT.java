package afterbell.day.dismissal;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.calendar.TermDates;
import afterbell.base.roster.Roster;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.ChildStanding;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Decision;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.timetable.Sessions;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two grades of 300 leave in one wave: six teachers with a line of a hundred each, all at one moment, every tap twice, while the gate hands over as well. */
@HouseTest
@Req({"R85", "R86"})
class LeavingTogetherIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;
    private static final int LINES = 6;
    private static final int CHILDREN = 100;
    private static final int STAY_EVERY = 25;
    private static final Duration BOUND = Duration.ofMinutes(10);

    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays childDays;

    @Autowired
    Roster roster;

    @Autowired
    Programme programme;

    @Autowired
    Sessions sessions;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    private record Line(UUID session, GivenAfternoon.Teacher teacher, List<UUID> children) {}

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void nobody_is_lost_and_nobody_leaves_twice() throws Exception {
        UUID school = given.school();
        List<Line> lines = lines(school);
        List<UUID> all = lines.stream().flatMap(l -> l.children().stream()).toList();
        afternoons.at("17:42");
        UUID fetched = lines.getFirst().children().getFirst();
        UUID mother = UUID.randomUUID();
        given.in(school, () -> {
            roster.addAdults(school, List.of(new Roster.NewAdult(mother, null, "家长")));
            roster.addRelations(school, List.of(new Roster.NewRelation(fetched, mother, "guardian", "母")));
            return true;
        });
        List<Callable<Integer>> taps = new ArrayList<>();
        CyclicBarrier together = new CyclicBarrier(2 * LINES + 1);
        for (Line line : lines) {
            String body = "_key=" + UUID.randomUUID() + line.children().stream().map(p -> "&child=" + p).collect(Collectors.joining());
            for (int twice = 0; twice < 2; twice++) {
                Visitor teacher = visitors.signedIn(line.teacher().user());
                assertThat(teacher.get("/lines/" + line.session()).statusCode()).isEqualTo(200);
                taps.add(() -> {
                    together.await();
                    return teacher.postRaw("/lines/" + line.session() + "/release", body).statusCode();
                });
            }
        }
        Visitor guard = visitors.signedIn(given.staff(school, Role.GUARD));
        guard.get("/gate/" + fetched);
        taps.add(() -> {
            together.await();
            return guard.postRaw("/gate/" + fetched + "/release", "_key=" + UUID.randomUUID() + "&adult=" + mother).statusCode();
        });
        Instant begun = Instant.now();
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(taps.size())) {
            for (Future<Integer> answer : threads.invokeAll(taps)) answers.add(answer.get());
        }
        Duration took = Duration.between(begun, Instant.now());
        System.out.println("leaving together: " + all.size() + " children, " + taps.size() + " taps at once, " + took.toMillis() + " ms");
        assertThat(took).isLessThan(BOUND);
        assertThat(answers.subList(0, 2 * LINES)).containsOnly(303);
        assertThat(answers.getLast()).isIn(303, 422);

        Map<UUID, ChildStanding> now = given.in(school, () -> childDays.ofDay(school, DAY));
        assertThat(now.keySet()).containsExactlyInAnyOrderElementsOf(all);
        Set<UUID> uncovered = uncovered(lines);
        assertThat(now.values()).allSatisfy(child -> {
            if (uncovered.contains(child.pupil())) assertThat(child.state()).isEqualTo(State.PRESENT);
            else assertThat(child.state()).isIn(State.WITH_LINE, State.COLLECTED);
            assertThat(child.state() == State.PRESENT).as("whoever is here is in somebody's hands").isEqualTo(child.custodian() != null);
        });
        assertThat(given.in(school, () -> sql.sql("""
                        select count(*) from (select pupil_id from custody.event where day = :d and kind in ('with_line', 'walked_home', 'collected') group by pupil_id having count(*) = 1) once
                        """)
                .param("d", DAY)
                .query(Long.class)
                .single()))
                .as("each child left once")
                .isEqualTo(all.size() - uncovered.size());
        assertThat(given.in(school, () -> sql.sql("select count(*) from custody.event where day = :d and kind in ('with_line', 'walked_home', 'collected')").param("d", DAY).query(Long.class).single()))
                .as("and none twice")
                .isEqualTo(all.size() - uncovered.size());
    }

    @Test
    void a_line_says_how_far_it_is_in_one_tap_and_gates_and_families_see_it() {
        UUID school = given.school();
        List<Line> lines = lines(school);
        Line first = lines.getFirst();
        afternoons.at("17:42");
        Visitor parent = visitors.signedIn(given.guardian(school, first.children().getFirst()));
        Visitor stranger = visitors.signedIn(given.guardian(school, lines.getLast().children().getFirst()));
        String child = "/children/" + first.children().getFirst() + "/today";
        assertThat(parent.get(child).body()).doesNotContain("的队伍");
        Visitor teacher = visitors.signedIn(first.teacher().user());
        assertThat(teacher.get("/gate").body()).contains("记下：收拾书包");
        assertThat(step(teacher, first, "packing").headers().firstValue("Location")).hasValueSatisfying(l -> assertThat(l).endsWith("/gate"));
        assertThat(teacher.get("/gate").body()).contains("记下：正走过来");
        assertThat(parent.get(child).body()).contains("的队伍在收拾书包");
        step(teacher, first, "walking");
        assertThat(parent.get(child).body()).contains("的队伍正走过来", "17:42");
        assertThat(parent.get("/").body()).contains("的队伍正走过来");
        assertThat(stranger.get("/").body()).doesNotContain("的队伍");
        Visitor guard = visitors.signedIn(given.staff(school, Role.GUARD));
        assertThat(guard.get("/waves").body()).contains("正走过来 17:42", "17:50", "在校 600 人").doesNotContain("学生甲");
        assertThat(guard.postRaw("/lines/" + first.session() + "/steps", "_key=" + UUID.randomUUID() + "&step=at_mark").statusCode()).isEqualTo(403);
        Visitor other = visitors.signedIn(lines.getLast().teacher().user());
        other.get("/gate");
        assertThat(other.postRaw("/lines/" + first.session() + "/steps", "_key=" + UUID.randomUUID() + "&step=at_mark").statusCode()).isEqualTo(404);
        teacher.postRaw("/lines/" + first.session() + "/release", "_key=" + UUID.randomUUID() + first.children().stream().map(p -> "&child=" + p).collect(Collectors.joining()));
        assertThat(parent.get("/").body()).as("once it has left the line is over for the family").doesNotContain("的队伍正走过来");
    }

    private static HttpResponse<String> step(Visitor teacher, Line line, String step) {
        return teacher.postRaw("/lines/" + line.session() + "/steps", "_key=" + UUID.randomUUID() + "&from=gate&step=" + step);
    }

    private static Set<UUID> uncovered(List<Line> lines) {
        return lines.stream().flatMap(l -> java.util.stream.IntStream.range(0, CHILDREN).filter(i -> i % STAY_EVERY == STAY_EVERY - 1).mapToObj(i -> l.children().get(i))).collect(Collectors.toSet());
    }

    /** All are counted in their last session; all but one in twenty-five have a guardian's consent to leave with the line. */
    private List<Line> lines(UUID school) {
        afternoons.at("15:50");
        UUID term = terms.term(school, 2026, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)));
        UUID second = terms.slot(term, DayOfWeek.TUESDAY, 2);
        List<UUID> classes = new ArrayList<>();
        List<List<UUID>> children = new ArrayList<>();
        List<GivenAfternoon.Teacher> teachers = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            UUID klass = terms.schoolClass(school, 3 + i % 2, 1 + i / 2);
            classes.add(klass);
            children.add(terms.pupils(school, klass, CHILDREN));
            teachers.add(afternoons.teacher(school, Role.SERVICE_TEACHER, null));
        }
        UUID classTeacher = afternoons.teacher(school, Role.CLASS_TEACHER, classes.getFirst()).staff();
        given.in(school, () -> {
            List<OwnClassDuty> duties = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                roster.putClassTeacher(school, classes.get(i), classTeacher, false);
                duties.add(new OwnClassDuty(term, classes.get(i), terms.slot(term, DayOfWeek.TUESDAY, 1), teachers.get(i).staff(), null, null));
                duties.add(new OwnClassDuty(term, classes.get(i), second, teachers.get(i).staff(), null, null));
            }
            programme.putDuties(school, duties);
            sessions.fill(school, term);
            List<Roster.NewConsent> consents = new ArrayList<>();
            for (List<UUID> line : children) {
                afternoons.stay(school, line, 2);
                for (int i = 0; i < CHILDREN; i++)
                    if (i % STAY_EVERY != STAY_EVERY - 1)
                        consents.add(new Roster.NewConsent(UUID.randomUUID(), line.get(i), "class-line", List.of(1, 2, 3, 4, 5), LocalDate.of(2026, 9, 1), new UUID(0, 1), afternoons.moment("08:00")));
            }
            roster.addConsents(school, consents);
            return true;
        });
        given.in(school, () -> childDays.open(school, DAY));
        given.in(school, () -> {
            childDays.replan(school, DAY);
            return true;
        });
        afternoons.at("17:05");
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            UUID klass = classes.get(i);
            UUID session = given.in(school, () -> sql.sql("select session_id from timetable.pub_session where day = :d and starts = '17:00' and class_id = :c").param("d", DAY).param("c", klass).query(UUID.class).single());
            Line line = new Line(session, teachers.get(i), children.get(i));
            lines.add(line);
            Teller teller = new Teller(line.teacher().account(), Set.of(Teller.Duty.SERVICE_TEACHER));
            List<ToldOf> told = line.children().stream()
                    .map(p -> new ToldOf(p, new Telling(UUID.randomUUID(), afternoons.moment("17:02"), teller, new Fact.Counted(line.teacher().staff(), session, afternoons.moment("17:50")), true)))
                    .toList();
            assertThat(given.in(school, () -> childDays.tell(school, DAY, told))).allMatch(d -> d instanceof Decision.Recorded);
        }
        return lines;
    }
}
