package afterbell.base.identity;

import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.PersonSource;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Opens, finds and closes sessions: an opaque cookie, its row read through one door function and kept at most five seconds in memory. */
@Component
public final class Sessions implements PersonSource {
    public static final String COOKIE = "ab_session";
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final Duration LIFE = Duration.ofDays(30);
    private static final int CACHE_LIMIT = 50_000;
    private static final TypeReference<List<Wearer.Grant>> GRANTS = new TypeReference<>() {};

    private final SecureRandom random = new SecureRandom();
    private final Map<ByteBuffer, Cached> cache = new ConcurrentHashMap<>();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final JsonMapper json;

    Sessions(JdbcClient sql, TransactionTemplate transactions, Clock clock, JsonMapper json) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.json = json;
    }

    private record Cached(@Nullable Person person, long atNanos) {}

    /** Opens a session and returns the cookie's value, which is known nowhere else. */
    public String open(UUID account, boolean strong, String device) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        door(() -> sql.sql("select identity.door_open_session(:h, :a, :now, :until, :strong, :device)")
                .param("h", hash(token))
                .param("a", account)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(LIFE)))
                .param("strong", strong ? Timestamp.from(now.plus(LIFE)) : null, Types.TIMESTAMP)
                .param("device", device.substring(0, Math.min(device.length(), 120)))
                .query((r, n) -> true)
                .list());
        return token;
    }

    public Duration life() {
        return LIFE;
    }

    @Override
    public Optional<Person> find(HttpServletRequest request) {
        String token = Cookies.value(request, COOKIE);
        return token.isEmpty() ? Optional.empty() : find(token);
    }

    Optional<Person> find(String token) {
        ByteBuffer hash = ByteBuffer.wrap(hash(token));
        @Nullable Cached cached = cache.get(hash);
        if (cached != null && System.nanoTime() - cached.atNanos() < KEPT.toNanos()) return Optional.ofNullable(cached.person());
        Optional<Person> read = door(() -> read(hash.array()));
        if (cache.size() > CACHE_LIMIT) cache.clear();
        cache.put(hash, new Cached(read.orElse(null), System.nanoTime()));
        return read;
    }

    private Optional<Person> read(byte[] hash) {
        return sql.sql("select account_id, name, strong, grants from identity.door_session(:h, :now)")
                .param("h", hash)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Person(r.getObject("account_id", UUID.class), r.getString("name"), r.getBoolean("strong"), json.readValue(r.getString("grants"), GRANTS)))
                .optional();
    }

    /** Forgets what is kept of every session: after a change of grants, so that this node sees it at once. */
    public void forget() {
        cache.clear();
    }

    public void close(String token) {
        door(() -> sql.sql("select identity.door_close_session(:h)").param("h", hash(token)).query((r, n) -> true).list());
        cache.remove(ByteBuffer.wrap(hash(token)));
    }

    private <T> T door(Supplier<T> work) {
        return Scopes.within(Scope.DOOR, () -> transactions.execute(t -> work.get()));
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
