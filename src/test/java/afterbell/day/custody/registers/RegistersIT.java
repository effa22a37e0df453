package afterbell.day.custody.registers;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Role;
import afterbell.day.custody.ChildDays;
import afterbell.day.custody.DayRegister;
import afterbell.day.custody.Leaves;
import afterbell.day.custody.ToldOf;
import afterbell.day.custody.childday.Fact;
import afterbell.day.custody.childday.Teller;
import afterbell.day.custody.childday.Telling;
import afterbell.testing.GivenAfternoon;
import afterbell.testing.GivenAfternoon.World;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A class of six: one on leave, one missing, one away, one fetched late. */
@HouseTest
@Req({"R80", "R90"})
class RegistersIT {
    private static final LocalDate DAY = GivenAfternoon.DAY;

    @Autowired
    GivenSchool given;

    @Autowired
    GivenAfternoon afternoons;

    @Autowired
    ChildDays days;

    @Autowired
    Leaves leaves;

    @Autowired
    AttendanceStore attendance;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    World world;
    String time = "";
    Visitor teacher;
    Visitor office;

    @BeforeEach
    void an_afternoon() {
        world = afternoons.world(6, 0);
        given.in(world.school(), () -> days.open(world.school(), DAY));
        given.in(world.school(), () -> {
            days.replan(world.school(), DAY);
            return true;
        });
        teacher = visitors.signedIn(world.classTeacher().user());
        given.in(world.school(), () -> leaves.put(world.school(), List.of(world.pupils().getFirst()), DAY, DAY, Set.of(), Fact.Told.PHONE, world.classTeacher().account(), UUID.randomUUID()));
        afternoons.at("15:55");
        teacher.postRaw("/classes/" + world.schoolClass() + "/morning", "away=" + world.pupils().get(1) + "&_key=" + UUID.randomUUID());
        afternoons.at("16:02");
        given.in(world.school(), () -> days.tick(world.school()));
        Visitor carer = visitors.signedIn(world.carer().user());
        carer.get("/sessions/" + world.own() + "/roll-call");
        StringBuilder roll = new StringBuilder("_key=" + UUID.randomUUID());
        for (UUID p : world.pupils().subList(2, 6)) roll.append("&child=").append(p);
        roll.append("&absent=").append(world.pupils().get(2));
        assertThat(carer.postRaw("/sessions/" + world.own() + "/roll-call", roll.toString()).statusCode()).isEqualTo(303);
        time = "18:00";
        afternoons.at(time);
        say(world.pupils().get(3), new Fact.KeptLate(world.carer().staff(), afternoons.moment("18:20")));
        time = "18:22";
        afternoons.at(time);
        say(world.pupils().get(3), new Fact.Collected(world.carer().staff(), UUID.randomUUID(), Fact.Proof.KNOWN_BY_SIGHT));
        // Whoever was idle for two hours has to sign in again.
        teacher = visitors.signedIn(world.classTeacher().user());
        office = visitors.signedIn(afternoons.teacher(world.school(), Role.OFFICE, null).user());
    }

    @AfterEach
    void the_clock_goes_right_again() {
        afternoons.over();
    }

    @Test
    void attendance_of_a_day_says_of_each_child_what_its_chain_says() {
        assertThat(given.in(world.school(), () -> attendance.days(span())).stream().map(AttendanceStore.ChildOn::mark))
                .containsExactlyInAnyOrder(Mark.LEAVE, Mark.AWAY, Mark.ABSENT, Mark.PRESENT, Mark.PRESENT, Mark.PRESENT);
        String page = office.get("/afternoon/registers/attendance?span=day&day=" + DAY).body();
        assertThat(page).contains("无故缺席", "未到校", "请假", "18:22", "已被接走");
    }

    @Test
    void a_class_in_a_month_is_a_grid_with_sums() {
        String page = teacher.get("/afternoon/registers/attendance?span=month&day=" + DAY).body();
        assertThat(page).contains("table-marks", "2026年10月", ">假<", ">未<", ">缺<", ">√<");
        Grid grid = Grid.of(given.in(world.school(), () -> attendance.days(span())));
        assertThat(grid.days()).containsExactly(DAY);
        assertThat(grid.lines()).hasSize(6);
        assertThat(grid.present(DAY)).isEqualTo(3);
        assertThat(office.get("/afternoon/registers/attendance.xlsx?span=month&day=" + DAY).body()).startsWith("PK");
        assertThat(office.get("/afternoon/registers/attendance.pdf?span=month&day=" + DAY).body()).startsWith("%PDF-");
        assertThat(office.get("/afternoon/registers/attendance.zip?span=month&day=" + DAY).body()).startsWith("PK");
    }

    @Test
    @Req({"R78", "R82", "R86", "R87"})
    void rolls_hand_overs_leave_late_children_and_clearing_open_on_screen_and_as_files() {
        for (String register : List.of("attendance", "rolls", "hand-overs", "leave", "late", "clearing"))
            for (String span : List.of("day", "month")) {
                String query = "?span=" + span + "&day=" + DAY;
                assertThat(office.get("/afternoon/registers/" + register + query).statusCode()).as(register).isEqualTo(200);
                assertThat(office.get("/afternoon/registers/" + register + ".xlsx" + query).body()).as(register).startsWith("PK");
                assertThat(office.get("/afternoon/registers/" + register + ".pdf" + query).body()).as(register).startsWith("%PDF-");
            }
        assertThat(office.get("/afternoon/registers/rolls?span=day&day=" + DAY).body()).contains("未点名", "16:02");
        assertThat(office.get("/afternoon/registers/leave?span=day&day=" + DAY).body()).contains("电话", "老师" + world.classTeacher().user());
        assertThat(office.get("/afternoon/registers/late?span=day&day=" + DAY).body()).contains("18:22", "老师" + world.carer().user());
        assertThat(office.get("/afternoon/registers/hand-overs?span=day&day=" + DAY).body()).contains("未交接");
        assertThat(office.get("/afternoon/registers/clearing?span=day&day=" + DAY).body()).contains("未清校");
    }

    @Test
    void an_entry_that_was_taken_back_is_in_no_register() {
        UUID counted = given.in(world.school(), () -> sql.sql("select entry_id from custody.event where day = :d and pupil_id = :p and kind = 'counted'").param("d", DAY).param("p", world.pupils().get(4)).query(UUID.class).single());
        String before = office.get("/afternoon/registers/rolls?span=day&day=" + DAY).body();
        time = "16:03";
        afternoons.at(time);
        sayAs(world.carer().account(), world.pupils().get(4), new Fact.Undone(counted, UUID.randomUUID(), false));
        assertThat(given.in(world.school(), () -> attendance.days(span())).stream().filter(c -> c.pupil().equals(world.pupils().get(4))).map(AttendanceStore.ChildOn::mark)).doesNotContain(Mark.PRESENT);
        assertThat(office.get("/afternoon/registers/rolls?span=day&day=" + DAY).body()).isNotEqualTo(before);
    }

    @Test
    void a_child_and_a_colleague_who_have_left_keep_their_names_in_past_registers() {
        given.in(world.school(), () -> {
            sql.sql("update roster.pupil set left_on = :d where pupil_id = :p").param("d", DAY).param("p", world.pupils().get(3)).update();
            sql.sql("update roster.staff set left_on = :d where staff_id = :f").param("d", DAY).param("f", world.carer().staff()).update();
            return true;
        });
        assertThat(given.in(world.school(), () -> attendance.days(span()))).hasSize(6);
        assertThat(office.get("/afternoon/registers/late?span=day&day=" + DAY).body()).contains("老师" + world.carer().user());
    }

    @Test
    @Req("R8")
    void a_class_teacher_reads_the_own_class_alone_and_nobody_another_school() {
        World other = afternoons.world(2, 0);
        String elsewhere = "/afternoon/registers/attendance?class=" + other.schoolClass();
        assertThat(teacher.get(elsewhere).statusCode()).isEqualTo(404);
        assertThat(office.get(elsewhere).statusCode()).isEqualTo(404);
        assertThat(teacher.get("/afternoon/registers/clearing").statusCode()).isEqualTo(404);
        assertThat(teacher.get("/afternoon/registers/attendance.zip?span=month").statusCode()).isEqualTo(404);
        assertThat(office.get("/afternoon/registers/secrets").statusCode()).isEqualTo(404);
        HttpResponse<String> odd = office.get("/afternoon/registers/rolls?day=nonsense&span=aeon");
        assertThat(odd.statusCode()).isEqualTo(200);
        assertThat(office.get("/afternoon/registers/rolls?class=zz").statusCode()).isEqualTo(404);
    }

    private DayRegister.Span span() {
        return new DayRegister.Span(world.school(), DAY, DAY, null);
    }

    private void say(UUID pupil, Fact fact) {
        sayAs(world.carer().account(), pupil, fact);
    }

    private void sayAs(UUID by, UUID pupil, Fact fact) {
        given.in(world.school(), () -> days.tell(world.school(), DAY, List.of(new ToldOf(pupil, new Telling(UUID.randomUUID(), afternoons.moment(time), new Teller(by, Set.of(Teller.Duty.SERVICE_TEACHER)), fact, true)))));
    }
}
