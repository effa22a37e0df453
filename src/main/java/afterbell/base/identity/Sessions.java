package afterbell.base.identity;

import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.PersonSource;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens, finds and closes sessions: an opaque cookie, its row read through one door function and kept at most five seconds in memory, and not at all
 * while changes of other nodes can't be heard. Under {@code /api/} only a personal token counts, never the cookie: nothing there carries a form's
 * proof of origin.
 */
@Component
public final class Sessions implements PersonSource {
    public static final String COOKIE = "ab_session";
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofDays(30);
    /** How long a second factor counts before it is asked again. */
    private static final Duration STRONG = Duration.ofHours(12);

    private static final int CACHE_LIMIT = 50_000;
    private static final String BEARER = "Bearer ";
    private static final TypeReference<List<Wearer.Grant>> GRANTS = new TypeReference<>() {};

    private final SecureRandom random = new SecureRandom();
    private final Map<ByteBuffer, Cached> cache = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final JsonMapper json;
    private final Revocations revocations;
    private final boolean secondFactor;

    Sessions(JdbcClient sql, TransactionTemplate transactions, Clock clock, JsonMapper json, Revocations revocations, @Value("${afterbell.second-factor:true}") boolean secondFactor) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.json = json;
        this.revocations = revocations;
        this.secondFactor = secondFactor;
        revocations.onChange(this::forget);
    }

    private record Cached(@Nullable Person person, long atNanos) {}

    /** Opens a session on this device and sets its cookie. */
    public void open(HttpServletRequest request, HttpServletResponse response, UUID account, boolean strong) {
        String token = open(account, strong, Optional.ofNullable(request.getHeader("User-Agent")).orElse(""));
        Cookies.set(request, response, COOKIE, token, LIFE);
    }

    /** Opens a session and returns the cookie's value, which is known nowhere else. */
    public String open(UUID account, boolean strong, String device) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        door(() -> sql.sql("select identity.door_open_session(:h, :a, :now, :until, :strong, :device)")
                .param("h", Hashes.of(token))
                .param("a", account)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(LIFE)))
                .param("strong", strong ? Timestamp.from(now.plus(STRONG)) : null, Types.TIMESTAMP)
                .param("device", device.substring(0, Math.min(device.length(), 200)))
                .query((r, n) -> true)
                .list());
        return token;
    }

    @Override
    public Optional<Person> find(HttpServletRequest request) {
        if (api(request)) return byToken(request);
        String cookie = Cookies.value(request, COOKIE);
        return cookie.isEmpty() ? Optional.empty() : kept(cookie, () -> readSession(Hashes.of(cookie)));
    }

    @Override
    public Optional<Person> findFresh(HttpServletRequest request) {
        if (api(request)) return bearer(request).flatMap(t -> readToken(Hashes.of(t)));
        String cookie = Cookies.value(request, COOKIE);
        return cookie.isEmpty() ? Optional.empty() : readSession(Hashes.of(cookie));
    }

    private Optional<Person> byToken(HttpServletRequest request) {
        return bearer(request).flatMap(t -> kept(t, () -> readToken(Hashes.of(t))));
    }

    private static boolean api(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization")).filter(h -> h.regionMatches(true, 0, BEARER, 0, BEARER.length())).map(h -> h.substring(BEARER.length()).strip());
    }

    private Optional<Person> kept(String secret, Supplier<Optional<Person>> read) {
        if (!revocations.listening()) return read.get();
        ByteBuffer key = ByteBuffer.wrap(Hashes.of(secret));
        @Nullable Cached cached = cache.get(key);
        if (cached != null && System.nanoTime() - cached.atNanos() < KEPT.toNanos()) return Optional.ofNullable(cached.person());
        long before = epoch.get();
        Optional<Person> found = read.get();
        if (cache.size() > CACHE_LIMIT) cache.clear();
        // What changed while it was read is not kept: the change may be newer than what was read.
        if (epoch.get() == before) cache.put(key, new Cached(found.orElse(null), System.nanoTime()));
        return found;
    }

    private Optional<Person> readSession(byte[] hash) {
        return door(() -> sql.sql("select account_id, name, strong, grants, held from identity.door_session(:h, :now, :enforce)")
                .param("h", hash)
                .param("now", Timestamp.from(clock.instant()))
                .param("enforce", secondFactor)
                .query((r, n) -> new Person(r.getObject("account_id", UUID.class), r.getString("name"), r.getBoolean("strong") || !secondFactor, grants(r, "grants"), grants(r, "held")))
                .optional());
    }

    // A token acts for the family alone, and never for what needs a second factor.
    private Optional<Person> readToken(byte[] hash) {
        return door(() -> sql.sql("select account_id, name, grants from identity.door_token(:h, :now)")
                .param("h", hash)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Person(
                        r.getObject("account_id", UUID.class),
                        r.getString("name"),
                        false,
                        grants(r, "grants").stream().filter(g -> g.pupil() != null).toList(),
                        List.of()))
                .optional());
    }

    private List<Wearer.Grant> grants(ResultSet row, String column) throws SQLException {
        return json.readValue(row.getString(column), GRANTS);
    }

    /** Forgets what is kept of every session: after a change of many accounts, so that this node sees it at once. */
    public void forget() {
        epoch.incrementAndGet();
        cache.clear();
    }

    private void forget(UUID account) {
        epoch.incrementAndGet();
        cache.values().removeIf(c -> c.person() == null || c.person().account().equals(account));
    }

    /** Closes the session of this request and takes its cookie back. */
    public void close(HttpServletRequest request, HttpServletResponse response) {
        Optional<Person> person = findFresh(request);
        door(() -> sql.sql("select identity.door_close_session(:h)").param("h", idOf(request)).query((r, n) -> true).list());
        person.ifPresent(p -> revocations.of(p.account()));
        Cookies.clear(request, response, COOKIE);
    }

    /** Which row of the session table this request came with. */
    public byte[] idOf(HttpServletRequest request) {
        return Hashes.of(Cookies.value(request, COOKIE));
    }

    /** The session of this request has shown a second factor. Runs under the account's own scope. */
    public void prove(HttpServletRequest request, UUID account) {
        sql.sql("update identity.session set strong_until = :until where token_hash = :h and account_id = :a")
                .param("until", Timestamp.from(clock.instant().plus(STRONG)))
                .param("h", idOf(request))
                .param("a", account)
                .update();
        revocations.of(account);
    }

    private <T> T door(Supplier<T> work) {
        return Scopes.within(Scope.DOOR, () -> transactions.execute(t -> work.get()));
    }
}
