package afterbell.base.identity.factor;

import afterbell.base.identity.Hashes;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Revocations;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.crypto.PersonalData;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enrols a second factor and proves it, always under the account's own scope. A secret counts from its first right code on; until then the same secret
 * is shown again. Codes and recovery codes work once, whatever runs at the same time.
 */
@Component
class SecondFactor {
    private static final int CODES = 10;
    /** 80 random bits, 16 letters. */
    private static final int CODE_BYTES = 10;

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final PersonalData personal;
    private final RateLimits limits;
    private final Sessions sessions;
    private final Revocations revocations;

    SecondFactor(JdbcClient sql, TransactionTemplate transactions, Clock clock, PersonalData personal, RateLimits limits, Sessions sessions, Revocations revocations) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.personal = personal;
        this.limits = limits;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    /** Where an account stands: its factor counts already, or this secret waits for its first code. */
    sealed interface Standing {
        record Enrolled() implements Standing {}

        record Waiting(byte[] secret) implements Standing {}
    }

    /** @param fresh the recovery codes, to be shown this once; empty where the factor stood already */
    record Proved(List<String> fresh) {
        Proved {
            fresh = List.copyOf(fresh);
        }
    }

    private record Kept(byte @Nullable [] key, byte @Nullable [] cipher, boolean enrolled, long used) {}

    Standing standing(UUID account) {
        return in(() -> {
            Kept kept = locked(account);
            return kept.enrolled() ? new Standing.Enrolled() : new Standing.Waiting(kept.cipher() == null ? begin(account, kept) : secret(kept));
        });
    }

    /** @throws afterbell.base.shared.web.TooMany where the account has tried too often */
    Outcome<Proved> prove(HttpServletRequest request, UUID account, String typed) {
        limits.take(Limit.SECOND_FACTOR, account.toString());
        String code = canonical(typed);
        return in(() -> {
            Kept kept = locked(account);
            if (!right(account, kept, code)) return Outcome.refused(new Refusal.Simple("identity.factor.wrong", "code", List.of()));
            sessions.prove(request, account);
            return Outcome.done(new Proved(kept.enrolled() ? List.of() : enrol(account)));
        });
    }

    /** @param since null: none stands */
    record Standings(@Nullable Instant since, int codes) {}

    Standings standings(UUID account) {
        return in(() -> sql.sql("select totp_since, (select count(*) from identity.recovery_code r where r.account_id = c.account_id) from identity.credential c where account_id = :a")
                .param("a", account)
                .query((r, n) -> new Standings(r.getTimestamp(1) == null ? null : r.getTimestamp(1).toInstant(), r.getInt(2)))
                .single());
    }

    /** New recovery codes for a right code; the older ones are worth nothing from now on. */
    Outcome<List<String>> freshCodes(UUID account, String typed) {
        return shown(account, typed, () -> codes(account));
    }

    /** Gives the factor up for a right code, for another authenticator or for good. Roles that ask for one wait until there is one again. */
    Outcome<Boolean> giveUp(UUID account, String typed) {
        return shown(account, typed, () -> {
            sql.sql("update identity.credential set totp_cipher = null, totp_since = null, totp_step = 0 where account_id = :a").param("a", account).update();
            sql.sql("delete from identity.recovery_code where account_id = :a").param("a", account).update();
            revocations.of(account);
            return true;
        });
    }

    private <T> Outcome<T> shown(UUID account, String typed, Supplier<T> act) {
        limits.take(Limit.SECOND_FACTOR, account.toString());
        String code = canonical(typed);
        return in(() -> {
            Kept kept = locked(account);
            if (!kept.enrolled() || !right(account, kept, code)) return Outcome.refused(new Refusal.Simple("identity.factor.wrong", "code", List.of()));
            return Outcome.done(act.get());
        });
    }

    private static String canonical(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    }

    // The row stays locked until the end: two people with the same code at the same moment can't both be right.
    private Kept locked(UUID account) {
        return sql.sql("select person_key, totp_cipher, totp_since, totp_step from identity.credential where account_id = :a for update")
                .param("a", account)
                .query((r, n) -> new Kept(r.getBytes(1), r.getBytes(2), r.getTimestamp(3) != null, r.getLong(4)))
                .single();
    }

    private byte[] begin(UUID account, Kept kept) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        byte[] key = kept.key() == null ? personal.newKey() : kept.key();
        sql.sql("update identity.credential set person_key = :key, totp_cipher = :cipher where account_id = :a")
                .param("key", key)
                .param("cipher", personal.seal(key, Base64.getEncoder().encodeToString(secret)))
                .param("a", account)
                .update();
        return secret;
    }

    private byte[] secret(Kept kept) {
        return Base64.getDecoder().decode(personal.open(Objects.requireNonNull(kept.key()), Objects.requireNonNull(kept.cipher())));
    }

    private boolean right(UUID account, Kept kept, String code) {
        if (kept.cipher() == null) return false;
        OptionalLong step = Totp.step(secret(kept), code, clock.instant(), kept.used());
        if (step.isEmpty()) return kept.enrolled() && spent(account, code);
        sql.sql("update identity.credential set totp_step = :step where account_id = :a").param("step", step.getAsLong()).param("a", account).update();
        return true;
    }

    private boolean spent(UUID account, String code) {
        return sql.sql("delete from identity.recovery_code where account_id = :a and hash = :h").param("a", account).param("h", Hashes.of(code)).update() == 1;
    }

    private List<String> enrol(UUID account) {
        Instant now = clock.instant();
        sql.sql("update identity.credential set totp_since = :now where account_id = :a").param("now", Timestamp.from(now)).param("a", account).update();
        return codes(account);
    }

    private List<String> codes(UUID account) {
        sql.sql("delete from identity.recovery_code where account_id = :a").param("a", account).update();
        List<String> codes = IntStream.range(0, CODES).mapToObj(i -> recoveryCode()).toList();
        codes.forEach(c -> sql.sql("insert into identity.recovery_code (account_id, hash) values (:a, :h)").param("a", account).param("h", Hashes.of(c)).update());
        return codes;
    }

    private String recoveryCode() {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        return Totp.base32(bytes);
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
