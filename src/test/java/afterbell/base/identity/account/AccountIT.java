package afterbell.base.identity.account;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Hashes;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@HouseTest
@Req("P13")
class AccountIT {
    private static final Pattern END = Pattern.compile("/account/sessions/([0-9a-f]{24})/removal");
    private static final String GOOD = "three blue kites";

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    String user;
    Visitor parent;

    @BeforeEach
    void a_parent() {
        school = given.school();
        user = given.guardian(school, family.pupil(school, family.schoolClass(school), "\u6797\u5c0f\u96e8"));
        parent = visitors.signedIn(user);
    }

    @Test
    void one_sees_the_own_devices_and_signs_one_of_them_out() {
        Visitor lost = visitors.signedIn(user);
        String page = parent.get("/account").body();
        List<String> others = all(END, page);
        assertThat(others).as("every device but this one can be signed out").hasSize(1);
        assertThat(lost.get("/account").statusCode()).isEqualTo(200);

        assertThat(parent.post("/account/sessions/" + others.getFirst() + "/removal", Map.of()).statusCode()).isEqualTo(303);
        assertThat(lost.get("/account").headers().firstValue("Location").orElse("")).startsWith("/sign-in");
        assertThat(parent.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void all_other_devices_go_and_this_one_stays() {
        Visitor one = visitors.signedIn(user);
        Visitor two = visitors.signedIn(user);
        parent.get("/account");
        parent.post("/account/sessions/removal", Map.of());
        assertThat(one.get("/account").statusCode()).isEqualTo(303);
        assertThat(two.get("/account").statusCode()).isEqualTo(303);
        assertThat(parent.get("/account").statusCode()).isEqualTo(200);
        assertThat(all(END, parent.get("/account").body())).isEmpty();
    }

    @Test
    void nobody_ends_a_session_of_somebody_else() {
        Visitor other = visitors.signedIn(given.staff(school, Role.OFFICE));
        Visitor second = visitors.signedIn(user);
        String id = all(END, parent.get("/account").body()).getFirst();
        other.get("/account");
        assertThat(other.post("/account/sessions/" + id + "/removal", Map.of()).statusCode()).isEqualTo(404);
        assertThat(second.get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void looking_costs_a_write_every_few_minutes_not_per_request() {
        Timestamp before = seenAt();
        for (int i = 0; i < 5; i++) parent.get("/account");
        assertThat(seenAt()).isEqualTo(before);
        rest(Duration.ofMinutes(20));
        Visitor same = parent;
        forgetCache();
        same.get("/account");
        assertThat(seenAt()).isAfterOrEqualTo(before);
    }

    @Test
    void a_password_is_changed_and_other_devices_are_signed_out() {
        Visitor other = visitors.signedIn(user);
        parent.get("/account/password");
        HttpResponse<String> done = parent.post("/account/password", Map.of("user", user, "password", GOOD));
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(other.get("/account").statusCode()).isEqualTo(303);
        assertThat(visitors.signedIn(user, GOOD).get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void an_older_session_has_to_type_the_present_password() {
        grow(Duration.ofHours(1));
        assertThat(parent.get("/account/password").body()).contains("name=\"current\"");
        assertThat(parent.post("/account/password", Map.of("user", user, "password", GOOD)).statusCode()).isEqualTo(422);
        assertThat(parent.post("/account/password", Map.of("user", user, "password", GOOD, "current", "wrong")).statusCode()).isEqualTo(422);
        assertThat(parent.post("/account/password", Map.of("user", user, "password", GOOD, "current", GivenSchool.PASSWORD)).statusCode()).isEqualTo(303);
    }

    @Test
    void passwords_that_anybody_would_try_and_names_that_read_as_phones_are_refused_at_the_field() {
        parent.get("/account/password");
        for (String bad : List.of("short", "12345678", "aaaaaaaaaa", user + "2026")) {
            HttpResponse<String> answer = parent.post("/account/password", Map.of("user", user, "password", bad));
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).as("what was typed stays").contains("value=\"" + user + "\"").contains("f-password-fault").doesNotContain("value=\"" + bad + "\"");
        }
        for (String bad : List.of("", "ab", "13912345678", "139 1234 5678", "x y z")) {
            HttpResponse<String> answer = parent.post("/account/password", Map.of("user", bad, "password", GOOD));
            assertThat(answer.statusCode()).as(bad).isEqualTo(422);
            assertThat(answer.body()).contains("f-user-fault");
        }
        String taken = given.staff(school, Role.OFFICE);
        assertThat(parent.post("/account/password", Map.of("user", taken.toUpperCase(java.util.Locale.ROOT), "password", GOOD)).body()).contains("f-user-fault");
        assertThat(visitors.signedIn(user).get("/account").statusCode()).as("nothing has changed").isEqualTo(200);
    }

    @Test
    void a_parent_changes_the_own_name_and_a_teacher_does_not() {
        parent.get("/account/name");
        assertThat(parent.post("/account/name", Map.of("name", " ")).statusCode()).isEqualTo(422);
        assertThat(parent.post("/account/name", Map.of("name", "\u6797\u6c5f")).statusCode()).isEqualTo(303);
        assertThat(parent.get("/account").body()).contains("\u6797\u6c5f");
        Visitor teacher = visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER));
        teacher.get("/account");
        assertThat(teacher.get("/account/name").statusCode()).isEqualTo(403);
        assertThat(teacher.post("/account/name", Map.of("name", "x")).statusCode()).isEqualTo(403);
    }

    private void rest(Duration ago) {
        own("update identity.session set seen_at = :t where account_id = :a", ago);
    }

    private void grow(Duration ago) {
        own("update identity.session set created_at = :t where account_id = :a", ago);
    }

    private void own(String statement, Duration ago) {
        UUID account = account();
        given.within(Scope.account(account), () -> sql.sql(statement).param("t", Timestamp.from(clock.instant().minus(ago))).param("a", account).update());
    }

    private Timestamp seenAt() {
        UUID account = account();
        return given.within(Scope.account(account), () -> sql.sql("select max(seen_at) from identity.session where account_id = :a").param("a", account).query(Timestamp.class).single());
    }

    private UUID account() {
        return given.within(Scope.DOOR, () -> sql.sql("select account_id from identity.door_account(:u, null)").param("u", user).query(UUID.class).single());
    }

    @Autowired
    Sessions sessions;

    private void forgetCache() {
        sessions.forget();
    }

    static String cookie(Visitor visitor) {
        return ((CookieManager) visitor.http().cookieHandler().orElseThrow()).getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(Sessions.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    static byte[] key(Visitor visitor) {
        return Hashes.of(cookie(visitor));
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
    }
}
