package afterbell.base.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Consents;
import afterbell.base.identity.PhoneCodes;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.testing.GivenFamily;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import afterbell.testing.Visitor;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Against a provider of the test's own, which signs with RS256, checks PKCE and the client's secret, and can be made to lie. */
@HouseTest
@Req("P13")
class PartnerIT {
    private static final AtomicInteger NEXT = new AtomicInteger(2000);
    private static final Provider PROVIDER = new Provider();

    @DynamicPropertySource
    static void partner(DynamicPropertyRegistry settings) {
        settings.add("afterbell.partners.city.name", () -> "City");
        settings.add("afterbell.partners.city.issuer", () -> PROVIDER.issuer);
        settings.add("afterbell.partners.city.client-id", () -> Provider.CLIENT);
        settings.add("afterbell.partners.city.client-secret", () -> Provider.SECRET);
    }

    /** What OpenID Connect Core 1.0 wants of a provider for this one flow. */
    static final class Provider {
        static final String CLIENT = "afterbell-test";
        static final String SECRET = "s3cret/with+signs";

        private record Asked(String nonce, String challenge, String redirect, String subject, String phone) {}

        final String issuer;
        private final RSAKey key;
        private final RSAKey strange;
        private final Map<String, Asked> codes = new ConcurrentHashMap<>();
        volatile UnaryOperator<JWTClaimsSet.Builder> lie = UnaryOperator.identity();
        volatile boolean strangeKey;

        Provider() {
            try {
                key = new RSAKeyGenerator(2048).keyID("one").generate();
                strange = new RSAKeyGenerator(2048).keyID("one").generate();
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                issuer = "http://127.0.0.1:" + server.getAddress().getPort();
                server.createContext("/.well-known/openid-configuration", x -> answer(x, 200, """
                        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys"}""".formatted(issuer)));
                server.createContext("/keys", x -> answer(x, 200, new JWKSet(key.toPublicJWK()).toString()));
                server.createContext("/token", this::token);
                server.start();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** The person signs in there and comes back: the address that the browser is sent to. */
        String authorize(String wanted, String subject, String phone) {
            Map<String, String> query = form(URI.create(wanted).getRawQuery());
            assertThat(query).containsEntry("client_id", CLIENT).containsEntry("response_type", "code").containsEntry("code_challenge_method", "S256");
            assertThat(query.get("scope")).contains("openid");
            String code = UUID.randomUUID().toString();
            codes.put(code, new Asked(query.get("nonce"), query.get("code_challenge"), query.get("redirect_uri"), subject, phone));
            return URI.create(query.get("redirect_uri")).getPath() + "?code=" + code + "&state=" + query.get("state");
        }

        private void token(HttpExchange exchange) throws IOException {
            Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String[] basic = new String(Base64.getDecoder().decode(exchange.getRequestHeaders().getFirst("Authorization").substring(6)), StandardCharsets.UTF_8).split(":", 2);
            Asked asked = codes.remove(form.getOrDefault("code", ""));
            boolean client = decode(basic[0]).equals(CLIENT) && decode(basic[1]).equals(SECRET);
            if (!client || asked == null || !asked.redirect().equals(form.get("redirect_uri")) || !asked.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
                answer(exchange, 400, "{\"error\": \"invalid_grant\"}");
                return;
            }
            Date now = Date.from(Instant.now());
            JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                    .issuer(issuer)
                    .subject(asked.subject())
                    .audience(CLIENT)
                    .issueTime(now)
                    .expirationTime(new Date(now.getTime() + 300_000))
                    .claim("nonce", asked.nonce())
                    .claim("phone_number", asked.phone())
                    .claim("phone_number_verified", true);
            try {
                SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), lie.apply(claims).build());
                token.sign(new RSASSASigner(strangeKey ? strange : key));
                answer(exchange, 200, "{\"token_type\": \"Bearer\", \"access_token\": \"x\", \"id_token\": \"" + token.serialize() + "\"}");
            } catch (com.nimbusds.jose.JOSEException e) {
                throw new IOException(e);
            }
        }

        private static String challenge(String verifier) {
            try {
                return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Map<String, String> form(String text) {
            return Arrays.stream(text.split("&")).map(f -> f.split("=", 2)).collect(Collectors.toMap(f -> decode(f[0]), f -> decode(f[1])));
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }

        private static void answer(HttpExchange exchange, int status, String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }

    @Autowired
    GivenSchool given;

    @Autowired
    GivenFamily family;

    @Autowired
    Accounts accounts;

    @Autowired
    Consents consents;

    @Autowired
    PhoneCodes codes;

    @Autowired
    Visitor.Maker visitors;

    UUID school;
    String subject;

    @BeforeEach
    void an_honest_provider() {
        PROVIDER.lie = UnaryOperator.identity();
        PROVIDER.strangeKey = false;
        school = given.school();
        subject = "subject-" + NEXT.incrementAndGet();
    }

    @Test
    void a_login_linked_while_signed_in_opens_the_account_later() {
        Visitor teacher = visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER));
        assertThat(teacher.get("/account/logins").body()).contains("/sign-in/with/city");
        assertThat(come(teacher, subject, "").headers().firstValue("Location")).hasValue("/sign-in/partner");
        teacher.get("/sign-in/partner");
        assertThat(teacher.post("/sign-in/partner", Map.of()).headers().firstValue("Location")).hasValue("/account/logins");

        Visitor later = visitors.stranger();
        come(later, subject, "");
        assertThat(later.get("/account").statusCode()).as("coming back alone signs nobody in").isEqualTo(303);
        later.get("/sign-in/partner");
        assertThat(later.post("/sign-in/partner", Map.of()).headers().firstValue("Location")).hasValue("/account");
        assertThat(later.get("/account").statusCode()).isEqualTo(200);

        Visitor other = visitors.signedIn(given.staff(school, Role.OFFICE));
        come(other, subject, "");
        other.get("/sign-in/partner");
        other.post("/sign-in/partner", Map.of());
        assertThat(other.get("/account/logins").body()).as("it opens one account").doesNotContain("/removal");
        String unlink = teacher.get("/account/logins").body().replaceAll("(?s).*(/account/logins/[0-9a-f]{64}/removal).*", "$1");
        assertThat(other.post(unlink, Map.of()).statusCode()).isEqualTo(404);
        assertThat(teacher.post(unlink, Map.of()).statusCode()).isEqualTo(303);
        assertThat(enters(subject, "")).isFalse();
    }

    @Test
    void an_unknown_login_opens_nothing_and_makes_nothing() {
        assertThat(enters(subject, "")).isFalse();
        assertThat(enters(subject, "1390099" + NEXT.incrementAndGet())).isFalse();
    }

    @Test
    void a_phone_that_both_houses_have_proved_links_and_an_unproved_one_does_not() {
        String phone = "1390088" + NEXT.incrementAndGet();
        UUID account = parent(phone);
        assertThat(enters(subject, phone)).as("our side has never seen a code").isFalse();
        codes.proved(account, accounts.trace(phone));
        PROVIDER.lie = c -> c.claim("phone_number_verified", false);
        assertThat(enters(subject, phone)).as("their side has not verified it").isFalse();
        PROVIDER.lie = UnaryOperator.identity();
        Visitor v = visitors.stranger();
        come(v, subject, phone);
        assertThat(v.get("/sign-in/partner").body()).contains(account.toString());
        assertThat(v.post("/sign-in/partner", Map.of("account", account.toString())).statusCode()).isEqualTo(303);
        assertThat(v.get("/account").statusCode()).isEqualTo(200);
        assertThat(enters(subject, "")).as("from now on without the phone").isTrue();
    }

    @Test
    void a_token_that_lies_is_not_believed() {
        Visitor teacher = visitors.signedIn(given.staff(school, Role.SERVICE_TEACHER));
        come(teacher, subject, "");
        teacher.get("/sign-in/partner");
        teacher.post("/sign-in/partner", Map.of());
        assertThat(enters(subject, "")).as("the honest one is").isTrue();
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> lies = Map.of(
                "another issuer", c -> c.issuer("https://elsewhere.example"),
                "another audience", c -> c.audience("somebody-else"),
                "another nonce", c -> c.claim("nonce", "old"),
                "no nonce", c -> c.claim("nonce", null),
                "expired", c -> c.expirationTime(new Date(0)),
                "another party", c -> c.claim("azp", "somebody-else"));
        lies.forEach((name, lie) -> {
            PROVIDER.lie = lie;
            assertThat(enters(subject, "")).as(name).isFalse();
        });
        PROVIDER.lie = UnaryOperator.identity();
        PROVIDER.strangeKey = true;
        assertThat(enters(subject, "")).as("a strange key").isFalse();
    }

    @Test
    void what_another_browser_began_ends_nowhere() {
        Visitor one = visitors.stranger();
        String back = PROVIDER.authorize(one.get("/sign-in/with/city").headers().firstValue("Location").orElseThrow(), subject, "");
        Visitor victim = visitors.stranger();
        assertThat(victim.get(back).headers().firstValue("Location")).as("no step of its own").hasValue("/sign-in");
        victim.get("/sign-in/with/city");
        assertThat(victim.get(back).headers().firstValue("Location")).as("another state").hasValue("/sign-in");
        assertThat(one.get(back).headers().firstValue("Location")).hasValue("/sign-in/partner");
        assertThat(one.get(back).headers().firstValue("Location")).as("once").hasValue("/sign-in");
        assertThat(one.get("/sign-in/with/nobody").statusCode()).isEqualTo(404);
    }

    private java.net.http.HttpResponse<String> come(Visitor visitor, String who, String phone) {
        String wanted = visitor.get("/sign-in/with/city?back=/account").headers().firstValue("Location").orElseThrow();
        return visitor.get(PROVIDER.authorize(wanted, who, phone));
    }

    private boolean enters(String who, String phone) {
        Visitor v = visitors.stranger();
        come(v, who, phone);
        v.get("/sign-in");
        v.get("/sign-in/partner");
        v.post("/sign-in/partner", Map.of());
        return v.get("/account").statusCode() == 200;
    }

    private UUID parent(String phone) {
        UUID child = family.pupil(school, family.schoolClass(school), "\u5c0f\u96e8");
        return given.in(school, () -> {
            UUID account = accounts.addByPhone(phone, "\u6797\u5927\u5c71");
            accounts.grant(account, new Wearer.Grant(Role.GUARDIAN, school, null, null, child, null), null);
            consents.decide(school, child, account, Consents.Decision.GIVEN, "test");
            return account;
        });
    }
}
