package afterbell.base.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Hashes;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import java.io.ByteArrayOutputStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
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
class SecondFactorIT {
    private static final Pattern SECRET = Pattern.compile("[A-Z2-7]{4}(-[A-Z2-7]{4}){7}");
    private static final Pattern RECOVERY = Pattern.compile("(?m)(?<![A-Z2-7-])[A-Z2-7]{4}(-[A-Z2-7]{4}){3}(?![A-Z2-7-])");
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Autowired
    GivenSchool given;

    @Autowired
    Visitor.Maker visitors;

    @Autowired
    JdbcClient sql;

    @Autowired
    Clock clock;

    UUID school;
    String user;
    Visitor cashier;
    /** One step for the whole test: read anew for each code it could pass a step's edge, and a used code would be another one. */
    long step;

    @BeforeEach
    void a_cashier() {
        step = Totp.stepAt(clock.instant());
        school = given.school();
        user = given.staff(school, Role.FINANCE);
        cashier = visitors.signedIn(user);
    }

    @Test
    void a_cashier_enrols_and_the_session_gets_its_roles() {
        String page = cashier.get("/second-factor?back=/hat").body();
        assertThat(page).contains("<svg").contains("name=\"back\" value=\"/hat\"");
        assertThat(cashier.get("/second-factor").body()).as("the same secret until it is confirmed").contains(all(SECRET, page).getFirst());
        assertThat(held(cashier)).contains("FINANCE");

        HttpResponse<String> wrong = prove(cashier, "no", "/hat");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(all(SECRET, wrong.body())).isEqualTo(all(SECRET, page));
        assertThat(held(cashier)).contains("FINANCE");

        HttpResponse<String> right = prove(cashier, code(secret(page), 0), "/hat");
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(all(RECOVERY, right.body())).hasSize(10).doesNotHaveDuplicates();
        assertThat(right.body()).contains("href=\"/hat\"");
        assertThat(held(cashier)).isEqualTo("[]");
        String again = cashier.get("/second-factor").body();
        assertThat(all(SECRET, again)).as("the secret is not shown again").isEmpty();
        assertThat(all(RECOVERY, again)).isEmpty();
    }

    @Test
    void a_code_proves_one_session_once() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        prove(cashier, code(secret, 0), "/");
        Visitor later = visitors.signedIn(user);
        assertThat(prove(later, code(secret, 0), "/hat").statusCode()).as("a code used at enrolment").isEqualTo(422);
        assertThat(held(later)).contains("FINANCE");

        HttpResponse<String> right = prove(later, code(secret, 1), "//elsewhere.example");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.headers().firstValue("Location")).hasValue("/");
        assertThat(held(later)).isEqualTo("[]");

        Visitor third = visitors.signedIn(user);
        assertThat(prove(third, code(secret, 1), "/").statusCode()).isEqualTo(422);
        assertThat(held(third)).contains("FINANCE");
    }

    @Test
    void a_recovery_code_works_once() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        String recovery = all(RECOVERY, prove(cashier, code(secret, 0), "/").body()).getFirst();
        Visitor later = visitors.signedIn(user);
        HttpResponse<String> right = prove(later, recovery.toLowerCase(Locale.ROOT), "/hat");
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.headers().firstValue("Location")).hasValue("/hat");
        assertThat(held(later)).isEqualTo("[]");
        Visitor third = visitors.signedIn(user);
        assertThat(prove(third, recovery, "/").statusCode()).isEqualTo(422);
        assertThat(held(third)).contains("FINANCE");
    }

    @Test
    void guessing_ends_after_six_tries_even_with_the_right_code() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        for (int i = 0; i < 6; i++) assertThat(prove(cashier, "guess", "/").statusCode()).isEqualTo(422);
        assertThat(prove(cashier, code(secret, 0), "/").statusCode()).isEqualTo(429);
        assertThat(held(cashier)).contains("FINANCE");
    }

    @Test
    void a_right_code_gives_new_recovery_codes_and_ends_the_old_ones() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        List<String> old = all(RECOVERY, prove(cashier, code(secret, 0), "/").body());
        assertThat(cashier.post("/account/second-factor/codes", Map.of("code", "000000")).statusCode()).isEqualTo(422);
        List<String> fresh = all(RECOVERY, cashier.post("/account/second-factor/codes", Map.of("code", code(secret, 1))).body());
        assertThat(fresh).hasSize(10).doesNotContainAnyElementsOf(old);
        Visitor later = visitors.signedIn(user);
        assertThat(prove(later, old.getFirst(), "/").statusCode()).isEqualTo(422);
        assertThat(prove(later, fresh.getFirst(), "/").statusCode()).isEqualTo(303);
    }

    @Test
    void another_authenticator_takes_the_place_of_the_first() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        String recovery = all(RECOVERY, prove(cashier, code(secret, 0), "/").body()).getFirst();
        assertThat(cashier.post("/account/second-factor/renewal", Map.of("code", recovery)).headers().firstValue("Location")).hasValue("/second-factor?back=/account/second-factor");
        byte[] other = secret(cashier.get("/second-factor").body());
        assertThat(other).isNotEqualTo(secret);
        assertThat(prove(cashier, code(other, 0), "/").statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_turns_it_on_freely_needs_it_for_work_and_not_for_the_own_child() {
        String teacher = given.staff(school, Role.SERVICE_TEACHER);
        Visitor here = visitors.signedIn(teacher);
        assertThat(held(here)).isEqualTo("[]");
        byte[] secret = secret(here.get("/second-factor").body());
        prove(here, code(secret, 0), "/");
        assertThat(held(here)).isEqualTo("[]");
        assertThat(held(visitors.signedIn(teacher))).contains("SERVICE_TEACHER");
        assertThat(here.post("/account/second-factor/removal", Map.of("code", code(secret, 1))).statusCode()).isEqualTo(303);
        assertThat(held(visitors.signedIn(teacher))).isEqualTo("[]");
    }

    @Test
    void the_office_takes_back_a_lost_factor_with_a_reason_and_signs_the_person_out() {
        byte[] secret = secret(cashier.get("/second-factor").body());
        prove(cashier, code(secret, 0), "/");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        String reset = all(RESET, office.get("/second-factor/people").body()).getFirst();
        assertThat(office.post(reset, Map.of("reason", "")).statusCode()).isEqualTo(422);
        assertThat(cashier.get("/account").statusCode()).isEqualTo(200);

        Visitor foreign = visitors.signedIn(given.staff(given.school(), Role.OFFICE));
        assertThat(foreign.get("/second-factor/people").body()).doesNotContain(reset);
        assertThat(foreign.post(reset, Map.of("reason", "LOST")).statusCode()).as("another school's").isEqualTo(404);

        assertThat(office.post(reset, Map.of("reason", "LOST")).statusCode()).isEqualTo(303);
        assertThat(cashier.get("/account").statusCode()).isEqualTo(303);
        Visitor again = visitors.signedIn(user);
        assertThat(all(SECRET, again.get("/second-factor").body())).as("a new one is set up").isNotEmpty();
        assertThat(given.in(school, () -> sql.sql("select facts::text from audit.entry where school_id = :s and action = 'identity.factor_reset'").param("s", school).query(String.class).list()))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("LOST");
        assertThat(office.post(reset, Map.of("reason", "LOST")).statusCode()).as("nothing is left to take back").isEqualTo(404);
    }

    @Test
    void nobody_takes_back_the_own_factor_without_a_code() {
        String chief = given.staff(school, Role.OFFICE);
        Visitor office = visitors.signedIn(chief);
        byte[] secret = secret(office.get("/second-factor").body());
        prove(office, code(secret, 0), "/");
        UUID own = given.within(Scope.DOOR, () -> sql.sql("select account_id from identity.door_account(:u, null)").param("u", chief).query(UUID.class).single());
        office.get("/second-factor/people");
        assertThat(office.post("/second-factor/people/" + own + "/removal", Map.of("reason", "LOST")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_role_that_the_school_asks_waits_for_it() {
        Visitor principal = visitors.signedIn(given.staff(school, Role.PRINCIPAL));
        assertThat(held(principal)).isEqualTo("[]");
        Visitor office = visitors.signedIn(given.staff(school, Role.OFFICE));
        office.get("/second-factor/people");
        assertThat(office.post("/second-factor/people/roles", Map.of("role", "PRINCIPAL")).statusCode()).isEqualTo(303);
        assertThat(held(principal)).contains("PRINCIPAL");
        assertThat(office.get("/second-factor/people").body()).containsPattern("value=\"PRINCIPAL\"[^>]*checked");
        office.post("/second-factor/people/roles", Map.of());
        assertThat(held(principal)).isEqualTo("[]");
    }

    private static final Pattern RESET = Pattern.compile("/second-factor/people/[0-9a-f-]{36}/removal");

    private static HttpResponse<String> prove(Visitor visitor, String code, String back) {
        return visitor.post("/second-factor", Map.of("code", code, "back", back));
    }

    private String code(byte[] secret, int ahead) {
        return Totp.code(secret, step + ahead);
    }

    /** Roles that this visitor's session would not have on a node that asks for the second factor. */
    private String held(Visitor visitor) {
        String cookie = ((CookieManager) visitor.http().cookieHandler().orElseThrow()).getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals(Sessions.COOKIE))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
        return given.within(Scope.DOOR, () -> sql.sql("select held::text from identity.door_session(:h, :now, true)")
                .param("h", Hashes.of(cookie))
                .param("now", Timestamp.from(clock.instant()))
                .query(String.class)
                .single());
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    private static byte[] secret(String page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int kept = 0;
        int bits = 0;
        for (char letter : all(SECRET, page).getFirst().replace("-", "").toCharArray()) {
            kept = (kept << 5 | BASE32.indexOf(letter)) & 0xFFF;
            bits += 5;
            if (bits >= 8) bytes.write(kept >> (bits -= 8));
        }
        return bytes.toByteArray();
    }
}
