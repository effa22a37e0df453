package afterbell.base.identity;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;

@HouseTest
@Req("P18")
class TokensIT {
    private static final Pattern TOKEN = Pattern.compile("abt_[A-Za-z0-9_-]{43}");
    private static final Pattern REVOKE = Pattern.compile("/account/tokens/([0-9a-f-]{36})/removal");

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Accounts accounts;

    @Autowired
    Sessions sessions;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    UUID school;
    UUID child;
    String user;
    Visitor parent;

    @BeforeEach
    void a_parent() {
        school = given.school();
        child = family.pupil(school, family.schoolClass(school), "\u6797\u5c0f\u96e8");
        user = given.guardian(school, child);
        parent = visitors.signedIn(user);
        parent.get("/account/tokens");
    }

    @Test
    void a_token_is_shown_once_and_kept_as_a_hash() {
        HttpResponse<String> made = make("home calendar", "30");
        assertThat(made.statusCode()).isEqualTo(201);
        String token = token(made.body());
        assertThat(parent.get("/account/tokens").body()).contains("home calendar").doesNotContain(token);
        assertThat(given.within(Scope.account(account()), () -> sql.sql("select count(*) from identity.token where hash = :h").param("h", Hashes.of(token)).query(Long.class).single())).isOne();
    }

    @Test
    void a_token_opens_the_api_for_the_family_of_its_owner_and_no_page() {
        String token = token(make("x", "30").body());
        Person person = byBearer("/api/v1/children", token).orElseThrow();
        assertThat(person.hats()).singleElement().satisfies(h -> {
            assertThat(h.hat()).isEqualTo(Hat.FAMILY);
            assertThat(h.children()).containsExactly(child);
        });
        assertThat(byBearer("/account", token)).as("pages want the cookie").isEmpty();
        assertThat(byBearer("/api/v1/children", token + "x")).isEmpty();
    }

    @Test
    void a_token_never_carries_the_work_of_its_owner() {
        given.in(school, () -> {
            accounts.grant(account(), new Wearer.Grant(Role.OFFICE, school, null, null, null, null), null);
            return true;
        });
        assertThat(byBearer("/api/v1/x", token(make("x", "30").body())).orElseThrow().grants()).allMatch(g -> g.role() == Role.GUARDIAN);
    }

    @Test
    void a_cookie_is_no_token_however_the_address_is_spelled() {
        String cookie = sessions.open(account(), How.PASSWORD, false, "test");
        for (String[] spelled : new String[][] {{"/api/v1/x", "/api/v1/x"}, {"/%61pi/v1/x", "/api/v1/x"}}) {
            MockHttpServletRequest request = new MockHttpServletRequest("POST", spelled[0]);
            request.setServletPath(spelled[1]);
            request.setCookies(new Cookie(Sessions.COOKIE, cookie));
            assertThat(sessions.find(request)).as(spelled[0]).isEmpty();
            assertThat(sessions.findFresh(request)).as(spelled[0]).isEmpty();
        }
    }

    @Test
    void a_revoked_token_is_worth_nothing_with_the_next_request() {
        String token = token(make("x", "30").body());
        assertThat(byBearer("/api/v1/x", token)).isPresent();
        Matcher id = REVOKE.matcher(parent.get("/account/tokens").body());
        assertThat(id.find()).isTrue();
        Visitor stranger = visitors.signedIn(given.guardian(school, family.pupil(school, family.schoolClass(school), "\u738b\u4e00")));
        stranger.get("/account/tokens");
        assertThat(stranger.post(id.group(), Map.of()).statusCode()).as("somebody else's").isEqualTo(404);
        assertThat(byBearer("/api/v1/x", token)).isPresent();
        assertThat(parent.post(id.group(), Map.of()).statusCode()).isEqualTo(303);
        assertThat(byBearer("/api/v1/x", token)).isEmpty();
    }

    @Test
    void a_token_ends_with_its_days_and_says_when_it_was_used() {
        String token = token(make("x", "1").body());
        byBearer("/api/v1/x", token);
        UUID account = account();
        assertThat(given.within(Scope.account(account), () -> sql.sql("select used_at from identity.token where account_id = :a").param("a", account).query((r, n) -> r.getTimestamp(1)).single())).isNotNull();
        given.within(Scope.account(account), () -> sql.sql("update identity.token set expires_at = created_at where account_id = :a").param("a", account).update());
        sessions.forget();
        assertThat(byBearer("/api/v1/x", token)).isEmpty();
    }

    @Test
    void odd_wishes_are_refused_at_their_field() {
        for (String days : new String[] {"0", "401", "-1", "ten", ""}) assertThat(make("x", days).body()).as(days).contains("f-days-fault");
        assertThat(make("  ", "30").body()).contains("f-purpose-fault");
        assertThat(make("x".repeat(61), "30").statusCode()).isEqualTo(422);
        for (int i = 0; i < Tokens.MOST_TOKENS; i++) assertThat(make("x" + i, "30").statusCode()).isEqualTo(201);
        assertThat(make("one too many", "30").statusCode()).isEqualTo(422);
    }

    @Test
    void staff_without_children_have_no_use_for_one() {
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        assertThat(office.get("/account/tokens").statusCode()).isEqualTo(403);
        assertThat(office.get("/account").body()).doesNotContain("/account/tokens");
    }

    private HttpResponse<String> make(String purpose, String days) {
        return parent.post("/account/tokens", Map.of("purpose", purpose, "days", days));
    }

    private Optional<Person> byBearer(String path, String token) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        request.addHeader("Authorization", "Bearer " + token);
        return sessions.find(request);
    }

    private UUID account() {
        return given.within(Scope.DOOR, () -> sql.sql("select account_id from identity.door_account(:u, null)").param("u", user).query(UUID.class).single());
    }

    private static String token(String page) {
        Matcher m = TOKEN.matcher(page);
        assertThat(m.find()).as("a token on the page").isTrue();
        return m.group();
    }
}
