package afterbell.base.shared.web;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes a command safe to repeat (law 6). The key is consumed only by success, in the same transaction as the act; a repetition answers with the kept
 * outcome, the same key with other parameters is refused.
 */
@Component
public class CommandKeys {
    private final JdbcClient sql;
    private final Clock clock;

    CommandKeys(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The key was used for another command: 422 for forms, and nothing is done. */
    public static final class OtherCommand extends RuntimeException {
        private static final long serialVersionUID = 1;

        OtherCommand() {
            super("the key belongs to another command", null, false, false);
        }
    }

    /**
     * Does the act once. Must run inside the transaction of the act.
     *
     * @param key from the form's hidden field or the request header
     * @param params everything that makes the command what it is, as text
     * @param act returns the outcome to keep: an id, a code; no personal data (law 8)
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public String once(UUID key, String params, Supplier<String> act) {
        UUID account = Scopes.current().map(Scope::account).orElseThrow();
        Optional<String> kept = kept(key, params);
        if (kept.isPresent()) return kept.get();
        String outcome = act.get();
        sql.sql("insert into shared.command_key (account_id, key, params_hash, outcome, at) values (:a, :k, :h, :o, :t)")
                .param("a", account)
                .param("k", key)
                .param("h", hash(params))
                .param("o", outcome)
                .param("t", Timestamp.from(clock.instant()))
                .update();
        return outcome;
    }

    /** The outcome of a command already done. A use case whose own result would now stand in its way asks this before it checks. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> kept(UUID key, String params) {
        UUID account = Scopes.current().map(Scope::account).orElseThrow();
        // Two equal commands at one moment: the second waits here for the first and then finds its outcome.
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", account + "/" + key).query((r, n) -> 0).single();
        Optional<Kept> kept = sql.sql("select params_hash, outcome from shared.command_key where account_id = :a and key = :k")
                .param("a", account)
                .param("k", key)
                .query((r, n) -> new Kept(r.getBytes(1), r.getString(2)))
                .optional();
        if (kept.isPresent() && !MessageDigest.isEqual(kept.get().hash(), hash(params))) throw new OtherCommand();
        return kept.map(Kept::outcome);
    }

    private record Kept(byte[] hash, String outcome) {}

    private static byte[] hash(String params) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(params.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
