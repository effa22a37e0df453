package afterbell.day.duty.special;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.SpecialDays;
import afterbell.testing.GivenDuty;
import afterbell.testing.GivenSchool;
import afterbell.testing.GivenTerm;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SpecialDayIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenTerm terms;

    @Autowired
    GivenDuty duty;

    @Autowired
    SpecialDays specialDays;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    UUID klass;
    UUID other;
    List<UUID> pupils;
    LocalDate day;
    Visitor office;

    @BeforeEach
    void two_classes() {
        school = given.school();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        day = today.plusDays(3);
        duty.term(school, today);
        klass = terms.schoolClass(school, 3, 2);
        other = terms.schoolClass(school, 5, 1);
        pupils = terms.pupils(school, klass, 3);
        terms.pupils(school, other, 2);
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/duty/special-days/new");
    }

    private Map<String, String> form(String... more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "_key", UUID.randomUUID().toString(), "day", day.toString(), "kind", "afternoon_off", "leaves", "11:40", "until1", "14:00", "until2", "17:30", "until3", "",
                "deadlineDay", day.minusDays(1).toString(), "deadlineTime", "20:00"));
        for (int i = 0; i < more.length; i += 2) all.put(more[i], more[i + 1]);
        return all;
    }

    private UUID ask() {
        var answer = office.post("/duty/special-days", form("grades", "3"));
        assertThat(answer.statusCode()).isEqualTo(303);
        return UUID.fromString(answer.headers().firstValue("Location").orElseThrow().replaceAll(".*/", ""));
    }

    private Map<UUID, SpecialDays.Expected> expected() {
        return given.in(school, () -> specialDays.expected(school, day)).stream().collect(Collectors.toMap(SpecialDays.Expected::pupil, Function.identity()));
    }

    @Test
    @Req({"R26", "R144"})
    void a_family_answers_by_one_tap_and_the_answers_are_the_days_expected_list() {
        UUID id = ask();
        Visitor family = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        assertThat(family.get("/").body()).contains("孩子留到几点").contains("/special-days/" + id);
        String page = family.get("/special-days/" + id).body();
        assertThat(page).contains("留到 14:00").contains("留到 17:30").contains("11:40 放学就走").contains("没有答复的");
        assertThat(family.post("/special-days/" + id, Map.of("until-" + pupils.getFirst(), "03:00")).statusCode()).as("an hour that is not offered").isEqualTo(422);
        assertThat(family.post("/special-days/" + id, Map.of("until-" + pupils.getFirst(), "14:00")).statusCode()).isEqualTo(303);
        assertThat(family.get("/").body()).doesNotContain("/special-days/" + id);
        Map<UUID, SpecialDays.Expected> all = expected();
        assertThat(all).as("the grade that was asked").containsOnlyKeys(pupils);
        assertThat(all.get(pupils.getFirst()).until()).isEqualTo(LocalTime.of(14, 0));
        assertThat(all.get(pupils.getFirst()).answered()).isTrue();
        assertThat(all.get(pupils.get(1)).answered()).isFalse();
        assertThat(all.get(pupils.get(1)).until()).as("stays on no weekday, so it goes home").isNull();
        assertThat(family.post("/special-days/" + id, Map.of("until-" + pupils.getFirst(), "home")).statusCode()).isEqualTo(303);
        assertThat(expected().get(pupils.getFirst()).until()).as("the last word counts").isNull();
    }

    @Test
    @Req("R26")
    void the_class_teacher_sees_who_has_not_answered_and_notes_what_a_family_says() {
        UUID id = ask();
        Visitor teacher = visitors.signedIn(given.classTeacher(school, klass));
        String page = teacher.get("/duty/special-days/" + id).body();
        assertThat(page).contains("还没有答复").contains("0 / 3 人");
        assertThat(teacher.get("/duty/special-days/" + id + "?class=" + other).statusCode()).isEqualTo(404);
        Map<String, String> heard = Map.of("_key", UUID.randomUUID().toString(), "pupil", pupils.get(1).toString(), "class", klass.toString(), "until", "17:30");
        assertThat(teacher.post("/duty/special-days/" + id + "/answers", heard).statusCode()).isEqualTo(303);
        assertThat(teacher.get("/duty/special-days/" + id).body()).contains("1 / 3 人");
        assertThat(expected().get(pupils.get(1)).until()).isEqualTo(LocalTime.of(17, 30));
        Visitor neighbour = visitors.signedIn(given.classTeacher(school, other));
        neighbour.get("/duty/special-days/" + id);
        assertThat(neighbour.post("/duty/special-days/" + id + "/answers", heard).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R26")
    void after_the_deadline_a_family_is_sent_to_the_class_teacher() {
        UUID id = ask();
        Visitor family = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        family.get("/special-days/" + id);
        given.in(school, () -> sql.sql("update duty.special set deadline = :t where school_id = :s").param("t", Timestamp.from(clock.instant().minusSeconds(60))).param("s", school).update());
        var late = family.post("/special-days/" + id, Map.of("until-" + pupils.getFirst(), "14:00"));
        assertThat(late.statusCode()).isEqualTo(422);
        assertThat(late.body()).contains("班主任");
        assertThat(expected().get(pupils.getFirst()).answered()).isFalse();
    }

    @Test
    void bad_input_is_refused_at_its_field_and_other_schools_and_grades_find_nothing() {
        String refused = office.post("/duty/special-days", form("until1", "10:00", "until2", "", "deadlineDay", day.plusDays(1).toString())).body();
        assertThat(refused).contains("f-until1").contains("f-deadlineDay").contains("10:00");
        assertThat(office.post("/duty/special-days", form("day", "2020-01-01")).statusCode()).isEqualTo(422);
        assertThat(office.post("/duty/special-days", form("leaves", "x", "kind", "y", "grades", "42")).statusCode()).isEqualTo(422);
        UUID id = ask();
        assertThat(office.post("/duty/special-days", form()).statusCode()).as("one question a day").isEqualTo(422);
        UUID fifth = given.in(school, () -> sql.sql("select pupil_id from roster.pub_pupil where class_id = :c limit 1").param("c", other).query(UUID.class).single());
        assertThat(visitors.signedIn(given.guardian(school, fifth)).get("/special-days/" + id).statusCode()).as("was not asked").isEqualTo(404);
        UUID elsewhere = given.school();
        UUID stranger = terms.pupil(elsewhere, terms.schoolClass(elsewhere, 3, 1));
        assertThat(visitors.signedIn(given.guardian(elsewhere, stranger)).get("/special-days/" + id).statusCode()).isEqualTo(404);
        assertThat(visitors.signedIn(given.staff(elsewhere, Role.OFFICE)).get("/duty/special-days/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R26")
    void a_withdrawn_question_leaves_the_day_as_it_is() {
        UUID id = ask();
        assertThat(office.post("/duty/special-days/" + id + "/withdrawal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(expected()).isEmpty();
        Visitor family = visitors.signedIn(given.guardian(school, pupils.getFirst()));
        assertThat(family.get("/special-days/" + id).body()).contains("取消");
        assertThat(family.post("/special-days/" + id, Map.of("until-" + pupils.getFirst(), "14:00")).statusCode()).isEqualTo(422);
    }
}
