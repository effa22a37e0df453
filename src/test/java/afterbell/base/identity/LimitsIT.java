package afterbell.base.identity;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.Rules;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import jakarta.servlet.http.Cookie;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;

/** What a school sets in its rules is what sign-in does. */
@HouseTest
@Req("P13")
class LimitsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    Sessions sessions;

    @Autowired
    Invitations invitations;

    @Autowired
    Rules rules;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    @Autowired
    IdentityLimits limits;

    UUID school;
    Visitor office;

    @BeforeEach
    void a_school() {
        school = given.school();
        office = visitors.signedIn(given.staff(school, Role.OFFICE));
    }

    @Test
    void the_plain_limits_are_those_of_the_products_own_pack() {
        assertThat(limits.of(List.of())).isEqualTo(IdentityLimits.Limits.PLAIN);
        assertThat(limits.of(List.of(school))).isEqualTo(IdentityLimits.Limits.PLAIN);
    }

    @Test
    void a_school_shortens_the_sessions_of_its_staff_and_families() {
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        String parent = given.guardian(school, family.pupil(school, family.schoolClass(school), "\u5c0f\u660e"));
        assertThat(life(teacher)).isEqualTo(Duration.ofHours(12));
        assertThat(life(parent)).isEqualTo(Duration.ofDays(90));
        rule("session.staff-hours", "4");
        rule("session.family-days", "30");
        assertThat(life(teacher)).isEqualTo(Duration.ofHours(4));
        assertThat(life(parent)).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void idle_staff_are_signed_out_after_the_minutes_of_the_school_and_families_are_not() {
        rule("session.staff-idle-minutes", "30");
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        String parent = given.guardian(school, family.pupil(school, family.schoolClass(school), "\u5c0f\u660e"));
        String worked = sessions.open(account(teacher), How.PASSWORD, false, "test");
        String home = sessions.open(account(parent), How.PASSWORD, false, "test");
        rest(teacher, Duration.ofMinutes(29));
        assertThat(opens(worked)).isTrue();
        rest(teacher, Duration.ofMinutes(31));
        rest(parent, Duration.ofDays(20));
        assertThat(opens(worked)).isFalse();
        assertThat(opens(home)).isTrue();
    }

    @Test
    void a_school_that_locks_after_three_tries_locks_after_three() {
        rule("lock-out.attempts", "3");
        rule("lock-out.minutes", "60");
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        Visitor guesser = visitors.stranger();
        guesser.get("/sign-in");
        for (int i = 0; i < 3; i++) guesser.post("/sign-in", Map.of("user", teacher, "password", "wrong" + i));
        assertThat(guesser.post("/sign-in", Map.of("user", teacher, "password", GivenSchool.PASSWORD)).body()).contains("60").contains("f-password");
        String other = given.staff(given.school(), Role.SERVICE_TEACHER);
        for (int i = 0; i < 3; i++) guesser.post("/sign-in", Map.of("user", other, "password", "wrong" + i));
        assertThat(guesser.post("/sign-in", Map.of("user", other, "password", GivenSchool.PASSWORD)).statusCode()).as("another school's rule").isEqualTo(303);
    }

    @Test
    void names_that_nobody_has_lock_like_those_that_somebody_has() {
        String known = given.staff(school, Role.SERVICE_TEACHER);
        String unknown = "nobody" + UUID.randomUUID().toString().substring(0, 8);
        Visitor guesser = visitors.stranger();
        guesser.get("/sign-in");
        for (int i = 0; i < 10; i++) {
            String a = guesser.post("/sign-in", Map.of("user", known, "password", "wrong" + i)).body();
            String b = guesser.post("/sign-in", Map.of("user", unknown, "password", "wrong" + i)).body();
            assertThat(plain(b, unknown)).as("try " + (i + 1)).isEqualTo(plain(a, known));
        }
    }

    @Test
    void a_name_that_nobody_has_takes_as_long_as_a_wrong_password() {
        String known = given.staff(school, Role.SERVICE_TEACHER);
        Visitor guesser = visitors.stranger();
        guesser.get("/sign-in");
        List<Long> somebody = new ArrayList<>();
        List<Long> nobody = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            somebody.add(nanos(() -> guesser.post("/sign-in", Map.of("user", known, "password", "wrong"))));
            nobody.add(nanos(() -> guesser.post("/sign-in", Map.of("user", "nobody" + UUID.randomUUID().toString().substring(0, 8), "password", "wrong"))));
        }
        double ratio = (double) median(nobody) / median(somebody);
        assertThat(ratio).as("unknown / known").isBetween(0.5, 2.0);
    }

    @Test
    void a_slip_lives_as_long_as_the_school_wants() {
        UUID klass = family.schoolClass(school);
        UUID child = family.pupil(school, klass, "\u5c0f\u660e");
        rule("slip.valid-days", "14");
        given.in(school, () -> {
            invitations.print(school, klass, List.of(child), UUID.randomUUID());
            return true;
        });
        Instant until = given.in(school, () -> invitations.printed(school, klass).getFirst().expiresAt());
        assertThat(Duration.between(clock.instant(), until).toHours()).isBetween(14 * 24L - 1, 14 * 24L);
    }

    @Test
    void a_role_that_the_rules_name_waits_for_the_second_factor() {
        UUID account = account(given.staff(school, Role.PRINCIPAL));
        String cookie = sessions.open(account, How.PASSWORD, false, "test");
        Sessions strict = new Sessions(sql, transactions, clock, json, new Revocations(database), limits, true);
        MockHttpServletRequest request = request(cookie);
        assertThat(strict.findFresh(request).orElseThrow().grants()).isNotEmpty();
        office.get("/rules");
        assertThat(office.postRaw("/rules/second-factor.roles/own", "value=finance&value=bureau&value=principal").statusCode()).isEqualTo(303);
        rules.forget(school);
        assertThat(strict.findFresh(request).orElseThrow().grants()).isEmpty();
        assertThat(strict.findFresh(request).orElseThrow().held()).singleElement().satisfies(g -> assertThat(g.role()).isEqualTo(Role.PRINCIPAL));
    }

    @Autowired
    org.springframework.transaction.support.TransactionTemplate transactions;

    @Autowired
    tools.jackson.databind.json.JsonMapper json;

    @Autowired
    afterbell.base.shared.db.DatabaseAddress database;

    private void rule(String key, String value) {
        office.get("/rules");
        assertThat(office.post("/rules/" + key + "/own", Map.of("value", value)).statusCode()).as(key).isEqualTo(303);
        rules.forget(school);
    }

    private Duration life(String user) {
        UUID account = account(user);
        String cookie = sessions.open(account, How.PASSWORD, false, "test");
        return given.within(Scope.account(account), () -> sql.sql("select created_at, expires_at from identity.session where token_hash = :h")
                .param("h", Hashes.of(cookie))
                .query((r, n) -> Duration.between(r.getTimestamp(1).toInstant(), r.getTimestamp(2).toInstant()))
                .single());
    }

    private void rest(String user, Duration ago) {
        UUID account = account(user);
        given.within(
                Scope.account(account),
                () -> sql.sql("update identity.session set seen_at = :t where account_id = :a").param("t", Timestamp.from(clock.instant().minus(ago))).param("a", account).update());
    }

    private boolean opens(String cookie) {
        return sessions.findFresh(request(cookie)).isPresent();
    }

    private static MockHttpServletRequest request(String cookie) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setServletPath("/");
        request.setCookies(new Cookie(Sessions.COOKIE, cookie));
        return request;
    }

    private UUID account(String user) {
        return given.within(Scope.DOOR, () -> sql.sql("select account_id from identity.door_account(:u, null)").param("u", user).query(UUID.class).single());
    }

    private static String plain(String page, String user) {
        return page.replace(user, "USER").replaceAll("name=\"_(csrf|key)\" value=\"[^\"]*\"", "");
    }

    private static long nanos(Runnable act) {
        long since = System.nanoTime();
        act.run();
        return System.nanoTime() - since;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
