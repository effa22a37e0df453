package afterbell.term.enrolment.reviewing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.term.enrolment.Enrolments;
import afterbell.term.enrolment.Sheet;
import afterbell.testing.GivenRound;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class ReviewIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenRound rounds;

    @Autowired
    Enrolments enrolments;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID round;
    UUID own;
    UUID other;
    List<UUID> mine;
    List<UUID> theirs;
    UUID tuesday;
    UUID chess;
    Visitor teacher;

    @BeforeEach
    void a_round_that_has_just_closed() {
        school = given.school();
        UUID term = terms.term(school);
        own = terms.schoolClass(school, 3, 2);
        other = terms.schoolClass(school, 4, 1);
        mine = terms.pupils(school, own, 3);
        theirs = terms.pupils(school, other, 2);
        tuesday = terms.slot(term, DayOfWeek.TUESDAY, 2);
        chess = terms.section(school, term, terms.club("C1", tuesday));
        round = rounds.reviewed(school, term, "class", "grade", "school");
        Instant at = clock.instant().minus(Duration.ofDays(1));
        Sheet yes = new Sheet(true, Map.of(2, 2), Map.of(tuesday, List.of(chess)), Sheet.Waiting.ASK);
        answer(mine, 3, yes, at);
        answer(theirs, 4, Sheet.NO, at);
        given.in(school, () -> {
            rounds.over(school, round);
            enrolments.close(school, round, clock.instant());
            return true;
        });
        teacher = visitors.signedIn(given.classTeacher(school, own));
    }

    private void answer(List<UUID> children, int grade, Sheet asked, Instant at) {
        given.within(Scope.family(new UUID(0, 1), List.of(school), children), () -> enrolments.enterAll(school, round, children.stream().map(c -> new Enrolments.Entry(c, grade, asked, new UUID(0, 1), at)).toList(), false));
    }

    private String queue(String step) {
        return "/rounds/" + round + "/review/" + step;
    }

    private static String key(String page) {
        Matcher m = Pattern.compile("name=\"_key\" value=\"([^\"]+)\"").matcher(page);
        assertThat(m.find()).isTrue();
        return m.group(1);
    }

    private Map<UUID, Integer> places() {
        Map<UUID, Integer> all = new java.util.HashMap<>();
        given.in(school, () -> sql.sql("select pupil_id, step from enrolment.review_place where round_id = :r").param("r", round).query((r, n) -> all.put(r.getObject(1, UUID.class), r.getInt(2))).list());
        return all;
    }

    private int pass(Visitor who, String step, UUID... picked) {
        String page = who.get(queue(step)).body();
        StringBuilder body = new StringBuilder("_key=" + key(page) + "&act=" + (picked.length == 0 ? "all" : "pass"));
        for (UUID p : picked) body.append("&row=").append(p);
        return who.postRaw(queue(step), body.toString()).statusCode();
    }

    @Test
    @Req("R57")
    void a_class_teacher_finds_the_class_on_the_first_page_and_passes_it_with_one_tap() {
        assertThat(teacher.get("/").body()).contains("班主任审核：3 份选报");
        assertThat(teacher.get(queue("class")).body()).contains("学生甲").contains("社团C1").doesNotContain("不参加");
        assertThat(pass(teacher, "class")).isEqualTo(303);
        assertThat(mine).allSatisfy(p -> assertThat(places()).containsEntry(p, 1));
        assertThat(theirs).allSatisfy(p -> assertThat(places()).containsEntry(p, 0));
        assertThat(teacher.get("/").body()).doesNotContain("班主任审核");
    }

    @Test
    @Req("R57")
    void what_one_step_passes_stands_before_the_next() {
        pass(teacher, "class");
        Visitor head = visitors.signedIn(given.gradeHead(school, 3));
        assertThat(head.get("/").body()).contains("年级审核：3 份选报");
        pass(head, "grade", mine.getFirst());
        Visitor principal = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        assertThat(principal.get("/").body()).contains("学校复核：1 份选报");
        assertThat(principal.get("/rounds/" + round).body()).contains("等待 2 · 已通过 1");
    }

    @Test
    void a_class_teacher_decides_about_no_other_class_and_no_other_step() {
        String page = teacher.get(queue("class")).body();
        teacher.postRaw(queue("class"), "_key=" + key(page) + "&act=pass&row=" + theirs.getFirst());
        assertThat(places()).containsEntry(theirs.getFirst(), 0);
        assertThat(teacher.get(queue("grade")).statusCode()).isEqualTo(403);
        assertThat(teacher.get(queue("nothing")).statusCode()).isEqualTo(404);
    }

    @Test
    @Req({"R57", "C2"})
    void a_sheet_given_back_is_mended_by_its_family_and_comes_back() {
        UUID child = mine.getFirst();
        Visitor mother = visitors.signedIn(given.guardian(school, child));
        String page = teacher.get(queue("class")).body();
        assertThat(teacher.postRaw(queue("class"), "_key=" + key(page) + "&act=return&row=" + child).statusCode()).isEqualTo(422);
        assertThat(teacher.postRaw(queue("class"), "_key=" + key(page) + "&act=return&reason=days&row=" + child).statusCode()).isEqualTo(303);
        assertThat(teacher.get(queue("class")).body()).contains("2 份等您看");

        String sheet = "/children/" + child + "/sheet/" + round;
        assertThat(mother.get("/").body()).contains("学校请您再看一下");
        var seen = mother.get(sheet);
        assertThat(seen.body()).contains("请再看一下哪几天");
        assertThat(mother.post(sheet, Map.of("_key", key(seen.body()), "version", "1", "part", "yes", "d2", "1", "then", "done")).statusCode()).isEqualTo(303);
        assertThat(teacher.get(queue("class")).body()).contains("家长已改").contains("3 份等您看");
        assertThat(pass(teacher, "class")).isEqualTo(303);
        assertThat(places()).containsEntry(child, 1);
        assertThat(mother.post(sheet, Map.of("_key", UUID.randomUUID().toString(), "version", "2", "part", "no")).statusCode()).isEqualTo(422);
    }

    @Test
    @Req("C2")
    void nothing_waits_beyond_the_steps_share_of_the_time_not_even_a_returned_sheet() {
        String page = teacher.get(queue("class")).body();
        teacher.postRaw(queue("class"), "_key=" + key(page) + "&act=return&reason=talk&row=" + mine.getFirst());
        Instant firstStepOver = given.in(school, () -> enrolments.round(school, round).stepEnds(0));
        given.in(school, () -> {
            enrolments.forwardReviews(school, firstStepOver.minusSeconds(1));
            return true;
        });
        assertThat(places().values()).containsOnly(0);
        given.in(school, () -> {
            enrolments.forwardReviews(school, firstStepOver);
            return true;
        });
        assertThat(places().values()).containsOnly(1);
    }

    @Test
    void the_same_command_twice_is_one_decision() {
        String page = teacher.get(queue("class")).body();
        String body = "_key=" + key(page) + "&act=pass&row=" + mine.getFirst();
        assertThat(teacher.postRaw(queue("class"), body).statusCode()).isEqualTo(303);
        assertThat(teacher.postRaw(queue("class"), body).statusCode()).isEqualTo(303);
        assertThat(given.in(school, () -> sql.sql("select count(*) from enrolment.review where round_id = :r").param("r", round).query(Integer.class).single())).isOne();
    }

    @Test
    @Req("R57")
    void each_of_four_steps_is_its_own_persons_and_a_sheet_goes_through_all_of_them() {
        given.in(school, () -> sql.sql("update enrolment.round set review_steps = '{class,grade,school,office}' where school_id = :s and round_id = :r").param("s", school).param("r", round).update());
        Visitor head = visitors.signedIn(given.gradeHead(school, 3));
        Visitor principal = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        Visitor duty = visitors.signedIn(given.staff(school, Role.DUTY_LEADER));
        List<String> steps = List.of("class", "grade", "school", "office");
        Map<Visitor, Set<String>> may = Map.of(teacher, Set.of("class"), head, Set.of("grade"), principal, Set.of("school"), office, Set.of("school", "office"), duty, Set.of());
        may.forEach((who, own) -> steps.forEach(step -> assertThat(who.get(queue(step)).statusCode()).as(step).isEqualTo(own.contains(step) ? 200 : 403)));
        UUID child = mine.getFirst();
        int passed = 0;
        for (Map.Entry<String, Visitor> each : List.of(Map.entry("class", teacher), Map.entry("grade", head), Map.entry("school", principal), Map.entry("office", office))) {
            assertThat(pass(each.getValue(), each.getKey(), child)).isEqualTo(303);
            assertThat(places()).containsEntry(child, ++passed);
        }
        assertThat(pass(office, "office", child)).as("once more, out of order").isEqualTo(303);
        assertThat(places()).containsEntry(child, 4);
        // Whatever the others left goes on by itself when its share of the time is over (C2).
        given.in(school, () -> {
            enrolments.forwardReviews(school, enrolments.round(school, round).reviewUntil());
            return true;
        });
        assertThat(places().values()).containsOnly(4);
    }

    @Test
    @Req("P2")
    void there_is_no_queue_before_the_close() {
        UUID open = rounds.open(school, terms.term(school, 2027));
        assertThat(teacher.get("/rounds/" + open + "/review/class").statusCode()).isEqualTo(404);
    }
}
