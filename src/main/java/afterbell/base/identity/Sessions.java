package afterbell.base.identity;

import afterbell.base.identity.IdentityLimits.Limits;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens, finds and closes sessions: an opaque cookie, its row read through one door function and kept at most five seconds in memory, and not at all
 * while changes of other nodes can't be heard. A sign of life is written at most every few minutes, never per request. Under {@code /api/} only a
 * personal token counts, never the cookie: nothing there carries a form's proof of origin.
 */
@Component
public final class Sessions implements PersonSource {
    public static final String COOKIE = "ab_session";
    /** By which a shared tablet at a gate is known; opens nothing by itself. */
    public static final String TABLET = "ab_tablet";
    private static final Duration KEPT = Duration.ofSeconds(5);
    /** How exact a session knows its last sign of life. */
    private static final Duration SEEN_STEP = Duration.ofMinutes(3);
    /** The same for the last use of a token. */
    private static final Duration USED_STEP = Duration.ofHours(1);
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
    private final IdentityLimits limits;
    private final boolean secondFactor;

    Sessions(
            JdbcClient sql,
            TransactionTemplate transactions,
            Clock clock,
            JsonMapper json,
            Revocations revocations,
            IdentityLimits limits,
            @Value("${afterbell.second-factor:true}") boolean secondFactor) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.json = json;
        this.revocations = revocations;
        this.limits = limits;
        this.secondFactor = secondFactor;
        revocations.onChange(this::forget, this::forget);
    }

    private record Cached(@Nullable Person person, long atNanos) {}

    /**
     * Opens a session on this device and sets its cookie. The value is always a new one, and the session that the device had until now ends: nobody can
     * prepare a cookie for somebody else.
     */
    public void open(HttpServletRequest request, HttpServletResponse response, UUID account, How how, boolean strong) {
        if (!Cookies.value(request, COOKIE).isEmpty()) end(request);
        Life life = life(account);
        String token = open(account, how, strong, Optional.ofNullable(request.getHeader("User-Agent")).orElse(""), life);
        Cookies.set(request, response, COOKIE, token, life.longest());
    }

    /** Opens a session and returns the cookie's value, which is known nowhere else. */
    public String open(UUID account, How how, boolean strong, String device) {
        return open(account, how, strong, device, life(account));
    }

    private String open(UUID account, How how, boolean strong, String device, Life life) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        door(() -> sql.sql("select identity.door_open_session(:h, :a, :now, :until, :strong, :idle, :how, :device)")
                .param("h", Hashes.of(token))
                .param("a", account)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(life.longest())))
                .param("strong", strong ? Timestamp.from(now.plus(STRONG)) : null, Types.TIMESTAMP)
                .param("idle", life.idle() == null ? null : Math.toIntExact(life.idle().toMinutes()), Types.INTEGER)
                .param("how", how.code())
                .param("device", device.substring(0, Math.min(device.length(), 200)))
                .query((r, n) -> true)
                .list());
        return token;
    }

    /** @param idle null where a session may rest as long as it lasts */
    private record Life(Duration longest, @Nullable Duration idle) {}

    private record Place(@Nullable UUID school, boolean works) {}

    // Who works anywhere gets the short sessions of work, also for the own child.
    private Life life(UUID account) {
        List<Place> places = door(() -> sql.sql("select school_id, works from identity.door_schools(:a, :now)")
                .param("a", account)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Place(r.getObject(1, UUID.class), r.getBoolean(2)))
                .list());
        Limits all = limits.of(places.stream().map(Place::school).filter(Objects::nonNull).distinct().toList());
        return places.stream().anyMatch(Place::works) ? new Life(all.staffSession(), all.staffIdle()) : new Life(all.familySession(), null);
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

    // The decoded path, as the handlers are found by it: a cookie must not count under an address that is only spelled differently.
    private static boolean api(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/");
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

    private record Seen(Person person, @Nullable Instant at) {}

    private Optional<Person> readSession(byte[] hash) {
        Instant now = clock.instant();
        Optional<Seen> found = door(() -> sql.sql("select account_id, name, strong, grants, held, seen_at from identity.door_session(:h, :now, :enforce)")
                .param("h", hash)
                .param("now", Timestamp.from(now))
                .param("enforce", secondFactor)
                .query((r, n) -> new Seen(
                        new Person(r.getObject("account_id", UUID.class), r.getString("name"), r.getBoolean("strong") || !secondFactor, grants(r, "grants"), grants(r, "held")),
                        r.getTimestamp("seen_at").toInstant()))
                .optional());
        if (found.filter(f -> old(f.at(), now, SEEN_STEP)).isPresent()) touch("select identity.door_seen(:h, :now)", hash, now);
        return found.map(Seen::person).map(this::withRules);
    }

    // What the database holds back is held back; the rules of a school may hold back more.
    private Person withRules(Person person) {
        if (person.strong() || person.grants().stream().allMatch(g -> g.pupil() != null)) return person;
        Map<Boolean, List<Wearer.Grant>> held = person.grants().stream().collect(Collectors.partitioningBy(this::waits));
        return new Person(person.account(), person.name(), false, held.getOrDefault(false, List.of()), Stream.concat(person.held().stream(), held.getOrDefault(true, List.of()).stream()).toList());
    }

    private boolean waits(Wearer.Grant grant) {
        UUID school = grant.school();
        return grant.pupil() == null && school != null && limits.of(List.of(school)).strongRoles().contains(grant.role());
    }

    // A token acts for the family alone, and never for what needs a second factor.
    private Optional<Person> readToken(byte[] hash) {
        Instant now = clock.instant();
        Optional<Seen> found = door(() -> sql.sql("select account_id, name, grants, used_at from identity.door_token(:h, :now)")
                .param("h", hash)
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Seen(
                        new Person(r.getObject("account_id", UUID.class), r.getString("name"), false, grants(r, "grants").stream().filter(g -> g.pupil() != null).toList(), List.of()),
                        Optional.ofNullable(r.getTimestamp("used_at")).map(Timestamp::toInstant).orElse(null)))
                .optional());
        if (found.filter(f -> old(f.at(), now, USED_STEP)).isPresent()) touch("select identity.door_token_used(:h, :now)", hash, now);
        return found.map(Seen::person);
    }

    private static boolean old(@Nullable Instant at, Instant now, Duration step) {
        return at == null || at.plus(step).isBefore(now);
    }

    private void touch(String statement, byte[] hash, Instant now) {
        door(() -> sql.sql(statement).param("h", hash).param("now", Timestamp.from(now)).query((r, n) -> true).list());
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
        end(request);
        Cookies.clear(request, response, COOKIE);
    }

    private void end(HttpServletRequest request) {
        Optional<Person> person = findFresh(request);
        door(() -> sql.sql("select identity.door_close_session(:h)").param("h", idOf(request)).query((r, n) -> true).list());
        person.ifPresent(p -> revocations.of(p.account()));
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
