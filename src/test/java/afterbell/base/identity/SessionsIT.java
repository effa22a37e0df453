package afterbell.base.identity;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Broadcast;
import afterbell.base.shared.db.DatabaseAddress;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import jakarta.servlet.http.Cookie;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

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

    @Autowired
    Sessions sessions;

    @Autowired
    DatabaseAddress database;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Clock clock;

    @Autowired
    JsonMapper json;

    @Autowired
    IdentityLimits limits;

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
    void other_nodes_hear_of_a_change_and_this_one_at_once_and_only_once() throws InterruptedException {
        List<UUID> here = new CopyOnWriteArrayList<>();
        List<UUID> there = new CopyOnWriteArrayList<>();
        revocations.onChange(here::add, () -> {});
        Revocations other = new Revocations(database);
        other.onChange(there::add, () -> {});
        other.start();
        try {
            for (int i = 0; i < 100 && !other.listening(); i++) Thread.sleep(20);
            UUID account = UUID.randomUUID();
            revocations.of(account);
            assertThat(here).contains(account);
            for (int i = 0; i < 100 && !there.contains(account); i++) Thread.sleep(20);
            assertThat(there).contains(account);
            other.of(account);
            for (int i = 0; i < 100 && here.stream().filter(account::equals).count() < 2; i++) Thread.sleep(20);
            assertThat(here.stream().filter(account::equals)).as("its own once, the other's once").hasSize(2);
            assertThat(revocations.listening()).isTrue();
        } finally {
            other.stop();
        }
        assertThat(other.listening()).as("a node that has stopped trusts nothing").isFalse();
    }

    @Test
    void what_is_told_while_the_connection_breaks_is_told_by_the_next_one_and_what_was_kept_is_forgotten() throws InterruptedException {
        List<UUID> there = new CopyOnWriteArrayList<>();
        List<Boolean> gaps = new CopyOnWriteArrayList<>();
        Broadcast other = torn();
        Broadcast one = torn();
        other.onTold(there::add);
        one.onGap(() -> gaps.add(true));
        other.start();
        try {
            for (int i = 0; i < 100 && !other.listening(); i++) Thread.sleep(20);
            Set<Integer> others = new HashSet<>(backends());
            one.start();
            for (int i = 0; i < 100 && !one.listening(); i++) Thread.sleep(20);
            assertThat(gaps).hasSize(1);
            int mine = backends().stream().filter(p -> !others.contains(p)).findFirst().orElseThrow();
            given.in(given.school(), () -> sql.sql("select pg_terminate_backend(:p)").param("p", mine).query(Boolean.class).single());
            UUID account = UUID.randomUUID();
            one.tell(account);
            for (int i = 0; i < 250 && there.isEmpty(); i++) Thread.sleep(20);
            assertThat(there).containsExactly(account);
            assertThat(gaps).as("other nodes could not be heard meanwhile").hasSize(2);
        } finally {
            one.stop();
            other.stop();
        }
    }

    private Broadcast torn() {
        return new Broadcast(database, "afterbell_torn", Duration.ofMillis(20), "torn on purpose");
    }

    private List<Integer> backends() {
        return given.in(given.school(), () -> sql.sql("select pid from pg_stat_activity where query like '%afterbell_torn%' or query like '%unnest($2::uuid[]) x%'").query(Integer.class).list());
    }

    @Test
    void another_node_refuses_an_ended_session_within_five_seconds() throws InterruptedException {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        Visitor here = visitors.signedIn(user);
        UUID account = given.in(school, () -> sql.sql("select account_id from identity.account where user_name = :u").param("u", user).query(UUID.class).single());
        String lost = sessions.open(account, How.PASSWORD, false, "lost phone");
        Revocations ears = new Revocations(database);
        Sessions elsewhere = new Sessions(sql, transactions, clock, json, ears, limits, true);
        ears.start();
        try {
            for (int i = 0; i < 50 && !ears.listening(); i++) Thread.sleep(20);
            MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
            request.setServletPath("/");
            request.setCookies(new Cookie(Sessions.COOKIE, lost));
            assertThat(elsewhere.find(request)).as("the other node keeps it now").isPresent();
            here.get("/account");
            assertThat(here.post("/account/sessions/removal", java.util.Map.of()).statusCode()).isEqualTo(303);
            long since = System.nanoTime();
            while (elsewhere.find(request).isPresent() && System.nanoTime() - since < 10_000_000_000L) Thread.sleep(20);
            assertThat(System.nanoTime() - since).isLessThan(5_000_000_000L);
        } finally {
            ears.stop();
        }
    }

    @Test
    void signing_in_always_gives_a_new_cookie_and_ends_what_the_device_had() {
        UUID school = given.school();
        Visitor v = visitors.signedIn(given.staff(school, Role.OFFICE));
        String before = cookie(v);
        v.get("/sign-in");
        v.post("/sign-in", java.util.Map.of("user", given.staff(school, Role.PRINCIPAL), "password", GivenSchool.PASSWORD));
        assertThat(cookie(v)).isNotEqualTo(before);
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setServletPath("/");
        request.setCookies(new Cookie(Sessions.COOKIE, before));
        assertThat(sessions.findFresh(request)).isEmpty();
        // A cookie that somebody else has prepared is not taken over.
        Visitor victim = visitors.stranger();
        ((CookieManager) victim.http().cookieHandler().orElseThrow()).getCookieStore().add(java.net.URI.create(visitors.base()), prepared());
        victim.get("/sign-in");
        var answer = victim.post("/sign-in", java.util.Map.of("user", given.staff(school, Role.OFFICE), "password", GivenSchool.PASSWORD));
        assertThat(answer.headers().allValues("Set-Cookie")).anyMatch(c -> c.startsWith(Sessions.COOKIE + "=") && !c.contains("prepared"));
    }

    private static HttpCookie prepared() {
        HttpCookie cookie = new HttpCookie(Sessions.COOKIE, "prepared");
        cookie.setPath("/");
        cookie.setVersion(0);
        return cookie;
    }

    private static String cookie(Visitor visitor) {
        return ((CookieManager) visitor.http().cookieHandler().orElseThrow()).getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(Sessions.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_sign_in_leads_to_no_other_house() {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        for (String evil : List.of("//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "\\\\evil.example", "/%0d%0aSet-Cookie:x=1")) {
            Visitor v = visitors.stranger();
            v.get("/sign-in");
            String to = v.post("/sign-in", java.util.Map.of("user", user, "password", GivenSchool.PASSWORD, "back", evil)).headers().firstValue("Location").orElseThrow();
            java.net.URI resolved = java.net.URI.create(visitors.base()).resolve(to.replace('\\', '/'));
            assertThat(resolved.getAuthority()).as(evil).isEqualTo(java.net.URI.create(visitors.base()).getAuthority());
        }
    }

    @Test
    void a_signed_out_cookie_is_worth_nothing() {
        UUID school = given.school();
        Visitor v = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(v.post("/sign-out", java.util.Map.of()).statusCode()).isEqualTo(303);
        assertThat(v.get("/").headers().firstValue("Location")).contains("/sign-in");
    }

    @Test
    void eight_wrong_passwords_lock_the_account_and_unknown_names_get_the_same_answer() {
        UUID school = given.school();
        String user = given.staff(school, Role.OFFICE);
        Visitor v = visitors.stranger();
        v.get("/sign-in");
        String unknown = v.post("/sign-in", java.util.Map.of("user", "nobody-at-all", "password", "x")).body();
        for (int i = 0; i < 8; i++) {
            var r = v.post("/sign-in", java.util.Map.of("user", user, "password", "wrong" + i));
            assertThat(r.statusCode()).isEqualTo(422);
            assertThat(r.body().contains("\u7528\u6237\u540d\u6216\u5bc6\u7801")).isEqualTo(unknown.contains("\u7528\u6237\u540d\u6216\u5bc6\u7801"));
        }
        assertThat(v.post("/sign-in", java.util.Map.of("user", user, "password", GivenSchool.PASSWORD)).statusCode()).isEqualTo(422);
    }
}
