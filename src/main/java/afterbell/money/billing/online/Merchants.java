package afterbell.money.billing.online;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.web.PublicAddress;
import afterbell.money.billing.Channel;
import afterbell.money.billing.Contracts;
import afterbell.money.billing.PayWay;
import afterbell.money.billing.WaysToPay;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The merchant settings of schools: sealed in the table, opened for an act, remembered for seconds where notifications come by the thousand. */
@Component
class Merchants implements Contracts {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final int REMEMBERED = 1_000;

    private final JdbcClient sql;
    private final PersonalData personal;
    private final PublicAddress address;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private final WaysToPay ways;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Merchants(JdbcClient sql, PersonalData personal, PublicAddress address, TransactionTemplate transactions, JsonMapper json, WaysToPay ways, Clock clock) {
        this.ways = ways;
        this.sql = sql;
        this.personal = personal;
        this.address = address;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /** What is sealed. @param token secret part of the address for notifications */
    private record Sealed(Channel.Merchant merchant, String token) {}

    /** A school's contract. @param notifications where the channel tells of payments */
    record Contract(UUID school, Channel.Merchant merchant, boolean on, URI notifications) {}

    private record Known(Door door, long at) {}

    /** Who is behind an address for notifications. */
    record Door(UUID school, Channel.Merchant merchant) {}

    private record Row(UUID school, byte[] key, byte[] sealed, boolean on) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Contract> of(UUID school, PayWay way) {
        return sql.sql("select row_key, sealed, is_on from billing.merchant where school_id = :s and channel = :c")
                .param("s", school)
                .param("c", way.name())
                .query((r, n) -> new Row(school, r.getBytes(1), r.getBytes(2), r.getBoolean(3)))
                .optional()
                .map(row -> {
                    Sealed sealed = open(row.key(), row.sealed());
                    return new Contract(school, sealed.merchant(), row.on(), notifications(way, sealed.token()));
                });
    }

    private Sealed open(byte[] key, byte[] sealed) {
        return json.readValue(personal.open(key, sealed), Sealed.class);
    }

    /** Keeps settings; the address for notifications stays as it was. */
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public URI put(UUID school, PayWay way, Channel.Merchant merchant, boolean on, UUID by) {
        String token = sql.sql("select row_key, sealed from billing.merchant where school_id = :s and channel = :c")
                .param("s", school)
                .param("c", way.name())
                .query((r, n) -> open(r.getBytes(1), r.getBytes(2)).token())
                .optional()
                .orElseGet(Merchants::token);
        byte[] key = personal.newKey();
        sql.sql("""
                insert into billing.merchant (school_id, channel, row_key, sealed, token_hash, is_on, changed_at, changed_by) values (:s, :c, :k, :x, :h, :on, :now, :by)
                on conflict (school_id, channel) do update set row_key = excluded.row_key, sealed = excluded.sealed, is_on = excluded.is_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """)
                .param("s", school)
                .param("c", way.name())
                .param("k", key)
                .param("x", personal.seal(key, json.writeValueAsString(new Sealed(merchant, token))))
                .param("h", hash(token))
                .param("on", on)
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        ways.put(school, List.of(new WaysToPay.Way(way, on, "")));
        known.clear();
        return notifications(way, token);
    }

    private URI notifications(PayWay way, String token) {
        return address.of("/pay/notify/" + way.name().toLowerCase(Locale.ROOT) + "/" + token);
    }

    private static String token() {
        byte[] bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Turns the secret of an address into a school and its keys; nothing for a secret that nobody has. */
    Optional<Door> behind(PayWay way, String token) {
        String name = way + "/" + token;
        @Nullable Known fresh = known.get(name);
        if (fresh != null && System.nanoTime() - fresh.at() < FRESH_NANOS) return Optional.of(fresh.door());
        List<Door> found = Scopes.within(Scope.DOOR, () -> Objects.requireNonNull(transactions.execute(t -> sql.sql("select school_id, row_key, sealed from billing.door_merchant(:h, :c)")
                .param("h", hash(token))
                .param("c", way.name())
                .query((r, n) -> new Door(r.getObject(1, UUID.class), open(r.getBytes(2), r.getBytes(3)).merchant()))
                .list())));
        if (found.isEmpty()) return Optional.empty();
        if (known.size() > REMEMBERED) known.clear();
        known.put(name, new Known(found.getFirst(), System.nanoTime()));
        return Optional.of(found.getFirst());
    }
}
