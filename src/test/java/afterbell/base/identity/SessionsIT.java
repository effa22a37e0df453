package afterbell.base.identity;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
class SessionsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Accounts accounts;

    @Autowired
    Revocations revocations;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Test
    void a_role_taken_back_stops_working_with_the_next_request() {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        Visitor v = visitors.signedIn(user);
        assertThat(v.get("/").body()).doesNotContain("/sign-in");
        UUID account = given.in(school, () -> sql.sql("select account_id from identity.account where user_name = :u").param("u", user).query(UUID.class).single());
        given.in(school, () -> accounts.revoke(account, new Wearer.Grant(Role.OFFICE, school, null, null, null, null)));
        assertThat(given.in(school, () -> sql.sql("select count(*) from identity.pub_grant where school_id = :s and account_id = :a").param("s", school).param("a", account).query(Long.class).single())).isZero();
    }

    @Test
    void other_nodes_hear_of_a_change() throws InterruptedException {
        List<UUID> heard = new CopyOnWriteArrayList<>();
        revocations.onChange(heard::add);
        UUID account = UUID.randomUUID();
        revocations.of(account);
        for (int i = 0; i < 50 && heard.stream().filter(account::equals).count() < 2; i++) Thread.sleep(50);
        // Once on this node at once, once more through the database as every other node hears it.
        assertThat(heard.stream().filter(account::equals)).hasSize(2);
        assertThat(revocations.listening()).isTrue();
    }

    @Test
    void a_signed_out_cookie_is_worth_nothing() {
        UUID school = given.school();
        Visitor v = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(v.post("/sign-out", java.util.Map.of()).statusCode()).isEqualTo(303);
        assertThat(v.get("/").headers().firstValue("Location")).contains("/sign-in");
    }

    @Test
    void five_wrong_passwords_lock_the_account_and_unknown_names_get_the_same_answer() {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        Visitor v = visitors.stranger();
        v.get("/sign-in");
        String unknown = v.post("/sign-in", java.util.Map.of("user", "nobody-at-all", "password", "x")).body();
        for (int i = 0; i < 5; i++) {
            var r = v.post("/sign-in", java.util.Map.of("user", user, "password", "wrong" + i));
            assertThat(r.statusCode()).isEqualTo(422);
            assertThat(r.body().contains("\u7528\u6237\u540d\u6216\u5bc6\u7801")).isEqualTo(unknown.contains("\u7528\u6237\u540d\u6216\u5bc6\u7801"));
        }
        assertThat(v.post("/sign-in", java.util.Map.of("user", user, "password", GivenSchool.PASSWORD)).statusCode()).isEqualTo(422);
    }
}
