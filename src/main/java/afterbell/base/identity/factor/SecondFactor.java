package afterbell.base.identity.factor;

import afterbell.base.identity.Hashes;
import afterbell.base.identity.Pending;
import afterbell.base.identity.Pending.Step;
import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Revocations;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.crypto.PersonalData;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enrols a second factor and proves it, always under the account's own scope. A secret is kept from its first right code on; until then it waits in a
 * sealed cookie, so that reading the page writes nothing and this browser is shown the same one again. Codes and recovery codes work once, whatever runs
 * at the same time.
 */
@Component
class SecondFactor {
    private static final int CODES = 10;
    /** 80 random bits, 16 letters. */
    private static final int CODE_BYTES = 10;
    /** Time enough to install an app. */
    private static final Duration WAITS = Duration.ofHours(1);

    private final SecureRandom random = new SecureRandom();
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final PersonalData personal;
    private final RateLimits limits;
    private final Pending pending;
    private final Sessions sessions;
    private final Revocations revocations;

    SecondFactor(JdbcClient sql, TransactionTemplate transactions, Clock clock, PersonalData personal, RateLimits limits, Pending pending, Sessions sessions, Revocations revocations) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.personal = personal;
        this.limits = limits;
        this.pending = pending;
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

    Standing standing(HttpServletRequest request, HttpServletResponse response, UUID account) {
        if (standings(account).since() != null) return new Standing.Enrolled();
        return new Standing.Waiting(waiting(request, account).orElseGet(() -> {
            byte[] secret = new byte[Totp.SECRET_BYTES];
            random.nextBytes(secret);
            pending.put(request, response, Step.FACTOR, WAITS, account.toString(), Base64.getEncoder().encodeToString(secret));
            return secret;
        }));
    }

    private Optional<byte[]> waiting(HttpServletRequest request, UUID account) {
        return pending.get(request, Step.FACTOR).filter(p -> p.getFirst().equals(account.toString())).map(p -> Base64.getDecoder().decode(p.getLast()));
    }

    /** @throws afterbell.base.shared.web.TooMany where the account has tried too often */
    Outcome<Proved> prove(HttpServletRequest request, HttpServletResponse response, UUID account, String typed) {
        limits.take(Limit.SECOND_FACTOR, account.toString());
        String code = canonical(typed);
        return in(() -> {
            Kept kept = locked(account);
            byte @Nullable [] waiting = kept.enrolled() ? null : waiting(request, account).orElse(null);
            boolean right = kept.enrolled() ? right(account, kept, code) : waiting != null && fresh(account, waiting, kept.used(), code);
            if (!right) return Outcome.refused(new Refusal.Simple("identity.factor.wrong", "code", List.of()));
            sessions.prove(request, account);
            if (waiting == null) return Outcome.done(new Proved(List.of()));
            pending.clear(request, response, Step.FACTOR);
            return Outcome.done(new Proved(enrol(account, kept, waiting)));
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

    private byte[] secret(Kept kept) {
        return Base64.getDecoder().decode(personal.open(Objects.requireNonNull(kept.key()), Objects.requireNonNull(kept.cipher())));
    }

    private boolean right(UUID account, Kept kept, String code) {
        return fresh(account, secret(kept), kept.used(), code) || spent(account, code);
    }

    /** A code of this secret that was not used before; from now on it is. */
    private boolean fresh(UUID account, byte[] secret, long used, String code) {
        OptionalLong step = Totp.step(secret, code, clock.instant(), used);
        step.ifPresent(s -> sql.sql("update identity.credential set totp_step = :step where account_id = :a").param("step", s).param("a", account).update());
        return step.isPresent();
    }

    private boolean spent(UUID account, String code) {
        return sql.sql("delete from identity.recovery_code where account_id = :a and hash = :h").param("a", account).param("h", Hashes.of(code)).update() == 1;
    }

    private List<String> enrol(UUID account, Kept kept, byte[] secret) {
        byte[] key = kept.key() == null ? personal.newKey() : kept.key();
        sql.sql("update identity.credential set person_key = :key, totp_cipher = :cipher, totp_since = :now where account_id = :a")
                .param("key", key)
                .param("cipher", personal.seal(key, Base64.getEncoder().encodeToString(secret)))
                .param("now", Timestamp.from(clock.instant()))
                .param("a", account)
                .update();
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
