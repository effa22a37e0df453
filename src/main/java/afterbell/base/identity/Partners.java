package afterbell.base.identity;

import afterbell.base.identity.Pending.Step;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.LocalPath;
import afterbell.base.shared.web.PublicAddress;
import afterbell.base.shared.web.Traces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sign-in of another house by OpenID Connect (Core 1.0, authorization code with PKCE): any provider that the settings name under {@code
 * afterbell.partners.ID} with {@code name}, {@code issuer}, {@code client-id} and {@code client-secret} or {@code client-secret-file}. It opens only an
 * account that its owner linked while signed in, or whose proved phone the provider has verified as well; it never makes one.
 */
@Component
public class Partners {
    private static final Logger log = LoggerFactory.getLogger(Partners.class);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param name as people call that house */
    record Setting(String name, String issuer, String clientId, @Nullable String clientSecret, @Nullable String clientSecretFile) {
        String secret() {
            try {
                return clientSecretFile == null ? Objects.requireNonNullElse(clientSecret, "") : Files.readString(Path.of(clientSecretFile)).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("the file of a partner's secret can't be read", e);
            }
        }
    }

    private record Provider(Setting setting, URI authorization, URI token, NimbusJwtDecoder decoder) {}

    /** A partner that can be chosen. */
    public record Named(String id, String name) {}

    /**
     * Whom the other house has named.
     *
     * @param subject SHA-256 of its name for the person
     * @param phone canonical, where the house says that it has verified it; otherwise empty
     */
    public record Login(String partner, String issuer, byte[] subject, String phone, String back) {}

    /** A login that opens an account. @param id as it stands in addresses */
    public record Linked(String id, String issuer, Instant since) {}

    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<String, Provider> met = new ConcurrentHashMap<>();
    private final Map<String, Setting> settings;
    private final Pending pending;
    private final PublicAddress address;
    private final JsonMapper json;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Partners(Environment environment, Pending pending, PublicAddress address, JsonMapper json, JdbcClient sql, TransactionTemplate transactions, Clock clock) {
        this.settings = new TreeMap<>(Binder.get(environment).bind("afterbell.partners", Bindable.mapOf(String.class, Setting.class)).orElse(Map.of()));
        settings.values().forEach(Partners::checked);
        this.pending = pending;
        this.address = address;
        this.json = json;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    // Whoever sits on the way could name anybody.
    private static void checked(Setting setting) {
        URI issuer = URI.create(setting.issuer());
        boolean here = "127.0.0.1".equals(issuer.getHost()) || "localhost".equals(issuer.getHost());
        if (!"https".equals(issuer.getScheme()) && !here) throw new IllegalStateException("a partner's issuer must begin with https: " + setting.issuer());
    }

    public List<Named> all() {
        return settings.entrySet().stream().map(e -> new Named(e.getKey(), e.getValue().name())).toList();
    }

    public String nameOf(String issuer) {
        return settings.values().stream().filter(s -> s.issuer().equals(issuer)).map(Setting::name).findFirst().orElse(issuer);
    }

    /** Where the browser has to go; empty where the other house doesn't answer. */
    public Optional<URI> begin(HttpServletRequest request, HttpServletResponse response, String id, String back) {
        return provider(id).map(p -> {
            String state = fresh();
            String nonce = fresh();
            String verifier = fresh();
            pending.put(request, response, Step.PARTNER, STEP, id, state, nonce, verifier, LocalPath.of(back));
            String query = form(Map.of(
                    "response_type", "code",
                    "client_id", p.setting().clientId(),
                    "redirect_uri", returnTo(id),
                    "scope", "openid phone",
                    "state", state,
                    "nonce", nonce,
                    "code_challenge", letters(sha256(verifier)),
                    "code_challenge_method", "S256"));
            return URI.create(p.authorization() + (p.authorization().getQuery() == null ? "?" : "&") + query);
        });
    }

    /** Asks the other house, with what its page has sent back, whom it means. Empty where anything doesn't fit. */
    public Optional<Login> finish(HttpServletRequest request, HttpServletResponse response, String id, String code, String state) {
        Optional<List<String>> step = pending.get(request, Step.PARTNER).filter(s -> s.get(0).equals(id) && same(s.get(1), state));
        pending.clear(request, response, Step.PARTNER);
        if (step.isEmpty() || code.isEmpty()) return Optional.empty();
        try {
            return provider(id).flatMap(p -> token(p, id, code, step.get().get(3)).map(p.decoder()::decode).filter(t -> fits(t, p, step.get().get(2))).map(t -> login(t, id, p, step.get().get(4))));
        } catch (JwtException e) {
            log.atWarn().addKeyValue("trace", Traces.of(e)).log("a partner sent a token that can't be believed");
            return Optional.empty();
        }
    }

    private static boolean fits(Jwt token, Provider provider, String nonce) {
        String client = provider.setting().clientId();
        @Nullable String party = token.getClaimAsString("azp");
        return token.getAudience() != null
                && token.getAudience().contains(client)
                && (token.getAudience().size() == 1 && party == null || client.equals(party))
                && same(nonce, Objects.requireNonNullElse(token.getClaimAsString("nonce"), ""))
                && token.getSubject() != null
                && token.getExpiresAt() != null;
    }

    private static Login login(Jwt token, String id, Provider provider, String back) {
        boolean verified = Boolean.TRUE.equals(token.getClaimAsBoolean("phone_number_verified"));
        String phone = verified ? PhoneCodes.mobile(Objects.requireNonNullElse(token.getClaimAsString("phone_number"), "")).orElse("") : "";
        return new Login(id, provider.setting().issuer(), sha256(Objects.requireNonNull(token.getSubject())), phone, back);
    }

    private Optional<String> token(Provider provider, String id, String code, String verifier) {
        Setting setting = provider.setting();
        String basic = Base64.getEncoder().encodeToString((encode(setting.clientId()) + ":" + encode(setting.secret())).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(provider.token())
                .timeout(PATIENCE)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", returnTo(id), "code_verifier", verifier))))
                .build();
        return sent(request).map(n -> n.path("id_token").asString("")).filter(t -> !t.isEmpty());
    }

    private Optional<Provider> provider(String id) {
        Setting setting = settings.get(id);
        if (setting == null) throw new NotFound();
        Provider known = met.get(id);
        if (known != null) return Optional.of(known);
        String base = setting.issuer().endsWith("/") ? setting.issuer() : setting.issuer() + "/";
        Optional<Provider> found = sent(HttpRequest.newBuilder(URI.create(base + ".well-known/openid-configuration")).timeout(PATIENCE).build())
                .filter(n -> n.path("issuer").asString("").equals(setting.issuer()))
                .map(n -> {
                    NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(n.path("jwks_uri").asString("")).jwsAlgorithm(SignatureAlgorithm.RS256).jwsAlgorithm(SignatureAlgorithm.ES256).build();
                    decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(setting.issuer()));
                    return new Provider(setting, URI.create(n.path("authorization_endpoint").asString("")), URI.create(n.path("token_endpoint").asString("")), decoder);
                });
        found.ifPresent(p -> met.put(id, p));
        return found;
    }

    private Optional<JsonNode> sent(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(json.readTree(answer.body())) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.atWarn().addKeyValue("trace", Traces.of(e)).log("a partner does not answer");
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private String returnTo(String id) {
        return address.of("/sign-in/from/" + id).toString();
    }

    /** Whose login this is; empty where nobody has linked it. */
    public Optional<UUID> owner(Login login) {
        return in(Scope.DOOR, () -> sql.sql("select a from identity.door_foreign_login(:i, :s) a where a is not null").param("i", login.issuer()).param("s", login.subject()).query(UUID.class).optional());
    }

    /** Links a login to an account; false where it opens another one. */
    public boolean link(UUID account, Login login) {
        in(Scope.account(account), () -> sql.sql("insert into identity.foreign_login (issuer, subject, account_id, linked_at) values (:i, :s, :a, :now) on conflict (issuer, subject) do nothing")
                .param("i", login.issuer())
                .param("s", login.subject())
                .param("a", account)
                .param("now", Timestamp.from(clock.instant()))
                .update());
        return owner(login).filter(account::equals).isPresent();
    }

    /** The logins that open an account. */
    public List<Linked> of(UUID account) {
        return in(Scope.account(account), () -> sql.sql("select encode(sha256(convert_to(issuer, 'UTF8') || subject), 'hex'), issuer, linked_at from identity.foreign_login where account_id = :a order by linked_at, issuer")
                .param("a", account)
                .query((r, n) -> new Linked(r.getString(1), r.getString(2), r.getTimestamp(3).toInstant()))
                .list());
    }

    public boolean unlink(UUID account, String id) {
        return in(
                Scope.account(account),
                () -> sql.sql("delete from identity.foreign_login where account_id = :a and encode(sha256(convert_to(issuer, 'UTF8') || subject), 'hex') = :id").param("a", account).param("id", id).update() > 0);
    }

    /** Keeps a login from the page that heard it to the page that asks. */
    public void keep(HttpServletRequest request, HttpServletResponse response, Login login) {
        pending.put(request, response, Step.LOGIN, STEP, login.partner(), login.issuer(), HexFormat.of().formatHex(login.subject()), login.phone(), login.back());
    }

    public Optional<Login> kept(HttpServletRequest request) {
        return pending.get(request, Step.LOGIN).map(p -> new Login(p.get(0), p.get(1), HexFormat.of().parseHex(p.get(2)), p.get(3), p.get(4)));
    }

    public void drop(HttpServletRequest request, HttpServletResponse response) {
        pending.clear(request, response, Step.LOGIN);
    }

    private String fresh() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return letters(bytes);
    }

    private static String letters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        return Hashes.of(text);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(e -> e.getKey() + "=" + encode(e.getValue())).collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private <T> T in(Scope scope, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(scope, () -> transactions.execute(t -> work.get())));
    }
}
