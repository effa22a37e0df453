package afterbell.base.identity.signin;

import afterbell.base.identity.Accounts;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.Phones;
import afterbell.base.shared.sheet.Reading;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves a person by user name or phone, and password. The same answer and the same work for a wrong password and an unknown name; no connection is
 * held while the password is hashed.
 */
@Component
class SignIn {
    private static final int FREE_TRIES = 5;

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private final Accounts accounts;
    private final String nobodysHash;

    SignIn(JdbcClient sql, TransactionTemplate transactions, Clock clock, PasswordEncoder passwords, Accounts accounts) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.passwords = passwords;
        this.accounts = accounts;
        this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
    }

    /** An account that the typed name may mean. Several people may share a phone. */
    record Known(UUID account, String name, @Nullable String hash, @Nullable Instant lockedUntil) {
        boolean lockedAt(Instant now) {
            return lockedUntil != null && lockedUntil.isAfter(now);
        }
    }

    Outcome<UUID> byPassword(String login, String password) {
        List<Known> known = accountsOf(login);
        Optional<Known> right = known.stream().filter(k -> k.hash() != null && passwords.matches(password, k.hash())).findFirst();
        if (known.stream().allMatch(k -> k.hash() == null)) passwords.matches(password, nobodysHash);
        Instant now = clock.instant();
        Optional<Known> locked = known.stream().filter(k -> k.lockedAt(now)).findFirst();
        if (locked.isPresent()) return refused("identity.signin.locked", Duration.between(now, locked.get().lockedUntil()).toMinutes() + 1);
        if (right.isEmpty()) {
            known.forEach(k -> failed(k.account(), now));
            return refused("identity.signin.wrong");
        }
        return Outcome.done(right.get().account());
    }

    private List<Known> accountsOf(String login) {
        byte[] trace = Phones.read(login) instanceof Reading.Value phone ? accounts.trace(phone.text()) : null;
        List<Known> found = transactions.execute(t -> sql.sql("select account_id, name, password_hash, locked_until from identity.door_account(:login, :trace)")
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .param("trace", trace, Types.BINARY)
                .query((r, n) -> new Known(r.getObject(1, UUID.class), r.getString(2), r.getString(3), Optional.ofNullable(r.getTimestamp(4)).map(Timestamp::toInstant).orElse(null)))
                .list());
        return found == null ? List.of() : found;
    }

    // The pause doubles with each further failure: one minute, two, four, at most an hour.
    private void failed(UUID account, Instant now) {
        transactions.executeWithoutResult(t -> sql.sql("select identity.door_failed(:a, :now, :free)")
                .param("a", account)
                .param("now", Timestamp.from(now))
                .param("free", FREE_TRIES)
                .query((r, n) -> true)
                .list());
    }

    private static Outcome<UUID> refused(String key, Object... facts) {
        return Outcome.refused(new Refusal.Simple(key, "password", List.of(facts)));
    }
}
