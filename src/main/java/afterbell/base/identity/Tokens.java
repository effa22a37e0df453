package afterbell.base.identity;

import afterbell.base.shared.Ids;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Personal tokens: what a program sends as {@code Authorization: Bearer} to {@code /api/v1} to act for its owner's family, and for nothing else the
 * owner may do. Shown once, kept as a hash, found again by {@link Sessions}. Runs under the account's own scope.
 */
@Component
public class Tokens {
    /** So that a token in a log or a repository can be recognised by those who look for such things. */
    public static final String PREFIX = "abt_";
    /** Longest life, in days. */
    public static final int MOST_DAYS = 400;
    public static final int MOST_TOKENS = 20;
    public static final int LONGEST_PURPOSE = 60;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final Revocations revocations;

    Tokens(JdbcClient sql, Ids ids, Clock clock, Revocations revocations) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.revocations = revocations;
    }

    /** @param usedAt exact to an hour; null: never used */
    public record Token(UUID id, String purpose, Instant madeAt, Instant expiresAt, @Nullable Instant usedAt) {}

    /** Makes a token and returns it in clear, which is known nowhere else; empty where the account has as many as it may. */
    @Transactional
    public Optional<String> make(UUID account, String purpose, Duration life) {
        // The account's row is the lock: of two at once neither counts past the other.
        sql.sql("select 1 from identity.credential where account_id = :a for update").param("a", account).query(Integer.class).single();
        Instant now = clock.instant();
        sql.sql("delete from identity.token where account_id = :a and expires_at <= :now").param("a", account).param("now", Timestamp.from(now)).update();
        if (Objects.requireNonNull(sql.sql("select count(*) from identity.token where account_id = :a").param("a", account).query(Integer.class).single()) >= MOST_TOKENS) return Optional.empty();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        sql.sql("insert into identity.token (token_id, account_id, hash, purpose, created_at, expires_at) values (:id, :a, :h, :purpose, :now, :until)")
                .param("id", ids.next())
                .param("a", account)
                .param("h", Hashes.of(token))
                .param("purpose", purpose)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(life)))
                .update();
        return Optional.of(token);
    }

    /** The account's tokens that still work, youngest first. */
    @Transactional(readOnly = true)
    public List<Token> of(UUID account) {
        return sql.sql("select token_id, purpose, created_at, expires_at, used_at from identity.token where account_id = :a and expires_at > :now order by created_at desc, token_id")
                .param("a", account)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Token(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        r.getTimestamp(3).toInstant(),
                        r.getTimestamp(4).toInstant(),
                        Optional.ofNullable(r.getTimestamp(5)).map(Timestamp::toInstant).orElse(null)))
                .list();
    }

    /** Ends a token; every node knows it within a second. False where the account has no such token. */
    @Transactional
    public boolean revoke(UUID account, UUID token) {
        boolean gone = sql.sql("delete from identity.token where account_id = :a and token_id = :id").param("a", account).param("id", token).update() > 0;
        if (gone) revocations.of(account);
        return gone;
    }
}
