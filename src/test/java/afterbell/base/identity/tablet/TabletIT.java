package afterbell.base.identity.tablet;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Guards share a tablet: each acts in the own name, and six digits open no more than a gate, on that tablet alone. */
@HouseTest
@Req("R91")
class TabletIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Accounts accounts;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    ShiftableClock clock;

    UUID school;
    Visitor office;
    Visitor tablet;

    @BeforeEach
    void a_school_with_a_tablet() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
        tablet = visitors.stranger();
    }

    @AfterEach
    void the_clock_goes_right_again() {
        clock.shiftBy(clock.shift().negated());
    }

    private UUID guard(String name, Role... more) {
        return given.in(school, () -> {
            UUID account = accounts.add("pin" + UUID.randomUUID(), name, GivenSchool.PASSWORD);
            accounts.grant(account, new Wearer.Grant(Role.GUARD, school, null, null, null, null), null);
            for (Role role : more) accounts.grant(account, new Wearer.Grant(role, school, null, null, null, null), null);
            return account;
        });
    }

    private String code(String name) {
        office.get("/gate-tablets");
        return office.post("/gate-tablets", Map.of("name", name)).body().replaceAll("(?s).*八位数字：(\\d{8}).*", "$1");
    }

    private String pin(UUID guard) {
        office.get("/gate-tablets");
        return office.post("/gate-tablets/guards/" + guard + "/pin", Map.of()).body().replaceAll("(?s).*六位数字：(\\d{6}).*", "$1");
    }

    private void pair() {
        String code = code("东门");
        tablet.get("/tablet");
        assertThat(tablet.post("/tablet", Map.of("code", code)).statusCode()).isEqualTo(303);
    }

    private HttpResponse<String> take(UUID guard, String pin) {
        tablet.get("/tablet/" + guard);
        return tablet.post("/tablet/" + guard, Map.of("pin", pin));
    }

    @Test
    void each_guard_takes_the_tablet_over_with_the_own_digits_and_the_one_before_is_signed_out() {
        UUID li = guard("李师傅");
        UUID wang = guard("王师傅");
        pair();
        assertThat(tablet.get("/tablet").body()).as("nobody has digits yet").contains("还没有门卫可以用这台平板");
        String own = pin(li);
        String other = pin(wang);
        assertThat(tablet.get("/sign-in").headers().firstValue("Location")).hasValueSatisfying(l -> assertThat(l).endsWith("/tablet"));
        assertThat(tablet.get("/sign-in?with=password").statusCode()).isEqualTo(200);
        assertThat(tablet.get("/tablet").body()).contains("李师傅", "王师傅", "东门");
        assertThat(take(li, other).statusCode()).as("another's digits").isEqualTo(422);
        assertThat(take(li, own).statusCode()).isEqualTo(303);
        assertThat(tablet.get("/gate").statusCode()).isEqualTo(200);
        assertThat(tablet.get("/").body()).contains("李师傅");
        assertThat(take(wang, other).statusCode()).isEqualTo(303);
        assertThat(tablet.get("/").body()).contains("王师傅").doesNotContain("李师傅");
    }

    @Test
    void digits_are_worth_nothing_on_a_device_that_is_no_tablet_or_is_retired() {
        UUID li = guard("李师傅");
        String own = pin(li);
        Visitor phone = visitors.stranger();
        phone.get("/tablet");
        assertThat(phone.get("/tablet/" + li).statusCode()).isEqualTo(404);
        assertThat(phone.post("/tablet/" + li, Map.of("pin", own)).statusCode()).isEqualTo(404);
        pair();
        String end = office.get("/gate-tablets").body().replaceAll("(?s).*action=\"(/gate-tablets/[0-9a-f-]+/end)\".*", "$1");
        Visitor elsewhere = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        elsewhere.get("/gate-tablets");
        assertThat(elsewhere.post(end, Map.of()).statusCode()).as("another school's tablet").isEqualTo(404);
        assertThat(elsewhere.post("/gate-tablets/guards/" + li + "/pin", Map.of()).statusCode()).as("another school's guard").isEqualTo(404);
        assertThat(office.post(end, Map.of()).statusCode()).isEqualTo(303);
        assertThat(tablet.post("/tablet/" + li, Map.of("pin", own)).statusCode()).isEqualTo(404);
        assertThat(tablet.get("/tablet").body()).contains("八位数字").doesNotContain("李师傅");
    }

    @Test
    void a_code_works_once_and_for_half_an_hour() {
        String code = code("西门");
        tablet.get("/tablet");
        assertThat(tablet.post("/tablet", Map.of("code", code)).statusCode()).isEqualTo(303);
        Visitor second = visitors.stranger();
        second.get("/tablet");
        assertThat(second.post("/tablet", Map.of("code", code)).statusCode()).isEqualTo(422);
        String late = code("北门");
        clock.shiftBy(Duration.ofMinutes(31));
        assertThat(second.post("/tablet", Map.of("code", late)).statusCode()).isEqualTo(422);
        assertThat(second.post("/tablet", Map.of("code", "abc")).statusCode()).isEqualTo(422);
        assertThat(office.post("/gate-tablets", Map.of("name", " ")).statusCode()).isEqualTo(422);
    }

    @Test
    void whoever_is_more_than_a_guard_gets_no_digits_and_old_ones_are_worth_nothing() {
        UUID leads = guard("赵主任", Role.DUTY_LEADER);
        UUID li = guard("李师傅");
        String own = pin(li);
        office.get("/gate-tablets");
        assertThat(office.post("/gate-tablets/guards/" + leads + "/pin", Map.of()).statusCode()).isEqualTo(404);
        assertThat(office.get("/gate-tablets").body()).contains("还有别的身份，请用密码登录");
        pair();
        given.in(school, () -> {
            accounts.grant(li, new Wearer.Grant(Role.OFFICE, school, null, null, null, null), null);
            return true;
        });
        assertThat(tablet.post("/tablet/" + li, Map.of("pin", own)).statusCode()).isEqualTo(422);
    }

    @Test
    void wrong_digits_lock_out_as_passwords_do() {
        UUID li = guard("李师傅");
        String own = pin(li);
        pair();
        tablet.get("/tablet/" + li);
        String wrong = own.equals("000000") ? "000001" : "000000";
        for (int i = 0; i < 8; i++) assertThat(tablet.post("/tablet/" + li, Map.of("pin", wrong)).statusCode()).isEqualTo(422);
        assertThat(tablet.post("/tablet/" + li, Map.of("pin", own)).statusCode()).as("right, and locked").isEqualTo(422);
        clock.shiftBy(Duration.ofMinutes(16));
        assertThat(tablet.post("/tablet/" + li, Map.of("pin", own)).statusCode()).isEqualTo(303);
    }
}
