package afterbell.day.safety;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.roster.Roster;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.testing.GivenClass;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("R89")
class RegisterIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenClass classes;

    @Autowired
    Accounts accounts;

    @Autowired
    Roster roster;

    @Autowired
    Ids ids;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient sql;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    Colleagues colleagues;
    Visitor leader;

    @BeforeEach
    void people() {
        school = given.school();
        colleagues = new Colleagues(given, accounts, roster, ids);
        leader = visitors.signedIn(colleagues.of(school, Role.DUTY_LEADER).user());
    }

    @Test
    void the_care_log_is_kept_and_what_is_urgent_reaches_the_duty_leader() {
        Visitor teacher = visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user());
        teacher.get("/care");
        Map<String, String> note = Map.of("note", "有孩子发烧，已联系家长", "urgent", "yes", "_key", UUID.randomUUID().toString());
        assertThat(Posting.file(teacher, visitors.base(), "/care", note, "photo", null).statusCode()).isEqualTo(303);
        assertThat(Posting.file(teacher, visitors.base(), "/care", note, "photo", null).statusCode()).as("sent twice").isEqualTo(303);
        assertThat(leader.get("/inbox").body()).contains("有紧急情况");
        assertThat(leader.get("/care").body()).containsOnlyOnce("有孩子发烧，已联系家长");
        Visitor other = visitors.signedIn(colleagues.of(school, Role.SERVICE_TEACHER).user());
        assertThat(other.get("/care").body()).doesNotContain("发烧");
        teacher.get("/care");
        assertThat(Posting.file(teacher, visitors.base(), "/care", Map.of("note", "", "_key", UUID.randomUUID().toString()), "photo", null).statusCode()).isEqualTo(422);
    }

    @Test
    void every_register_opens_on_screen_and_as_file() {
        given.in(school, () -> ledger.append(new Act(school, Book.VISIT, ids.next(), "asked", Map.of("host", ids.next().toString(), "purpose", "parent", "people", "3")).words(Map.of("name", "来客赵六"))));
        for (String register : new String[] {"visits", "passes", "patrol", "care", "hazards", "rounds", "incidents", "drills"}) {
            assertThat(leader.get("/safety/registers/" + register).statusCode()).as(register).isEqualTo(200);
            assertThat(leader.get("/safety/registers/" + register + ".xlsx").body()).as(register).startsWith("PK");
            assertThat(leader.get("/safety/registers/" + register + ".pdf").body()).as(register).startsWith("%PDF-");
        }
        assertThat(leader.get("/safety/registers/visits").body()).contains("来客赵六");
        assertThat(leader.get("/safety/registers/visits?from=2001-01-01&until=nonsense").statusCode()).isEqualTo(200);
        assertThat(leader.get("/safety/registers/visits?from=2001-01-01&until=2001-01-02").body()).doesNotContain("来客赵六");
        assertThat(leader.get("/safety/registers/secrets").statusCode()).isEqualTo(404);
        Visitor abroad = visitors.signedIn(colleagues.of(given.school(), Role.DUTY_LEADER).user());
        assertThat(abroad.get("/safety/registers/visits").body()).doesNotContain("来客赵六");
    }

    @Test
    @Req("R92")
    void a_child_without_recorded_leave_is_red_at_the_gate() {
        GivenClass.Made made = classes.of(school, 4, 1, 2);
        Visitor guard = visitors.signedIn(colleagues.of(school, Role.GUARD).user());
        String red = guard.get("/passes/" + made.pupils().getFirst()).body();
        assertThat(red).contains("不能离校", "没有登记请假").doesNotContain("可以离校");
        HttpResponse<String> out = guard.post("/passes/" + made.pupils().getFirst() + "/leaving", Map.of("_key", UUID.randomUUID().toString()));
        assertThat(out.statusCode()).isEqualTo(422);
        assertThat(given.in(school, () -> ledger.begun(school, Book.PASS, ledger.today(), ledger.today()))).isEmpty();
        UUID elsewhere = given.school();
        GivenClass.Made abroad = classes.of(elsewhere, 4, 1, 1);
        assertThat(guard.get("/passes/" + abroad.pupils().getFirst()).statusCode()).isEqualTo(404);
    }

    @Test
    @Req("R92")
    void a_child_on_leave_is_green_and_let_out_once() {
        GivenClass.Made made = classes.of(school, 5, 1, 1);
        UUID child = made.pupils().getFirst();
        standing(child, made.id(), "on_leave");
        Visitor guard = visitors.signedIn(colleagues.of(school, Role.GUARD).user());
        assertThat(guard.get("/passes").body()).contains("今天请假 1 人");
        assertThat(guard.get("/passes/" + child).body()).contains("可以离校", "已请假");
        assertThat(guard.post("/passes/" + child + "/leaving", Map.of("_key", UUID.randomUUID().toString())).statusCode()).isEqualTo(303);
        assertThat(guard.post("/passes/" + child + "/leaving", Map.of("_key", UUID.randomUUID().toString())).statusCode()).as("once more").isEqualTo(422);
        assertThat(leader.get("/safety/registers/passes").body()).contains("5(1)");
    }

    private void standing(UUID child, UUID klass, String state) {
        given.in(school, () -> sql.sql("""
                insert into custody.standing (school_id, day, pupil_id, class_id, bell, class_teacher, stop_sessions, stop_starts, stop_ends, stop_rooms, stop_custodians, state, since, closed, red, corrected, alarms, entries, read_at)
                values (:s, :d, :p, :c, :now, :t, '{}', '{}', '{}', '{}', '{}', :state, :now, true, false, false, '{}', 1, :now)
                """)
                .param("s", school)
                .param("d", java.sql.Date.valueOf(ledger.today()))
                .param("p", child)
                .param("c", klass)
                .param("t", ids.next())
                .param("state", state)
                .param("now", java.sql.Timestamp.from(ledger.today().atStartOfDay(afterbell.base.shared.web.Screen.ZONE).toInstant()))
                .update());
    }
}
