package afterbell.base.roster.years;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R25")
class TurnYearIT {
    private static final LocalDate SUMMER = LocalDate.of(2027, 8, 20);
    private static final UUID ME = new UUID(0, 7);

    @Autowired
    GivenSchool given;

    @Autowired
    Roster roster;

    @Autowired
    TurnYear year;

    @Autowired
    Ids ids;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID staff;

    @BeforeEach
    void nine_classes_with_two_children_each() {
        school = given.school();
        staff = ids.next();
        given.in(school, () -> {
            List<SchoolClass> classes = new ArrayList<>();
            for (int g = 1; g <= 9; g++) classes.add(new SchoolClass(ids.next(), 2026, g, 1, g + "-1", null));
            roster.addClasses(school, classes);
            for (SchoolClass c : classes)
                roster.addPupils(school, List.of(new Roster.NewPupil(ids.next(), c.id(), "\u5b69\u5b50" + c.grade(), null, null, "hz", null), new Roster.NewPupil(ids.next(), c.id(), "\u540c\u5b66" + c.grade(), null, null, "tx", null)));
            roster.addStaff(school, List.of(new StaffMember(staff, null, "T1", "\u5218\u8001\u5e08", "lls", "teacher", "")));
            roster.putClassTeacher(school, classes.getFirst().id(), staff, false);
            return true;
        });
    }

    @Test
    void every_class_goes_up_the_highest_grade_leaves_and_the_second_time_changes_nothing() {
        NewYearPage preview = given.in(school, () -> year.page(school, SUMMER, List.of()));
        assertThat(preview.moving()).isEqualTo(16);
        assertThat(preview.leaving()).isEqualTo(2);
        assertThat(turn(2026)).isEqualTo(new TurnYear.Turned(8, 16, 2));
        assertThat(turn(2026)).isEqualTo(new TurnYear.Turned(0, 0, 0));
        assertThat(grades()).containsExactly("\u5b69\u5b501=2", "\u5b69\u5b502=3", "\u5b69\u5b503=4", "\u5b69\u5b504=5", "\u5b69\u5b505=6", "\u5b69\u5b506=7", "\u5b69\u5b507=8", "\u5b69\u5b508=9");
        assertThat(given.in(school, () -> sql.sql("select c.grade from roster.pub_class_teacher t join roster.pub_class c using (school_id, class_id) where t.staff_id = :t").param("t", staff).query(Integer.class).list())).containsExactly(2);
        assertThat(given.in(school, () -> sql.sql("select count(*) from roster.transfer where school_id = :s").param("s", school).query(Long.class).single())).isEqualTo(18);
        assertThat(given.in(school, () -> year.page(school, SUMMER, List.of())).possible()).isFalse();
    }

    @Test
    void of_four_confirmations_at_once_one_is_done() throws Exception {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<TurnYear.Turned>> acts = java.util.stream.IntStream.range(0, 4).<Callable<TurnYear.Turned>>mapToObj(i -> () -> turn(2026)).toList();
            List<Integer> classes = all.invokeAll(acts).stream().map(f -> f.resultNow().classes()).sorted().toList();
            assertThat(classes).containsExactly(0, 0, 0, 8);
        }
        assertThat(grades()).hasSize(8);
    }

    @Test
    void nothing_happens_before_july_nor_from_another_year() {
        assertThat(given.in(school, () -> year.turn(school, 2026, LocalDate.of(2027, 6, 30), ME))).isInstanceOf(Outcome.Refused.class);
        assertThat(given.in(school, () -> year.turn(school, 2024, SUMMER, ME))).isInstanceOf(Outcome.Refused.class);
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/new-year").statusCode()).isEqualTo(200);
        assertThat(office.post("/new-year", Map.of("from", "x")).statusCode()).isEqualTo(422);
        assertThat(grades()).contains("\u5b69\u5b501=1");
    }

    private TurnYear.Turned turn(int from) {
        return switch (given.in(school, () -> year.turn(school, from, SUMMER, ME))) {
            case Outcome.Done<TurnYear.Turned> done -> done.value();
            case Outcome.Refused<TurnYear.Turned> refused -> throw new AssertionError(refused.refusals().toString());
        };
    }

    private List<String> grades() {
        return given.in(school, () -> sql.sql("select name || '=' || grade from roster.pub_pupil where school_id = :s and initials = 'hz' order by grade").param("s", school).query(String.class).list());
    }
}
