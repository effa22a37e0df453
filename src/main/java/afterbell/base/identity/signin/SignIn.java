package afterbell.base.identity.signin;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.IdentityLimits;
import afterbell.base.identity.IdentityLimits.Limits;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.sheet.Phones;
import afterbell.base.shared.sheet.Reading;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Proves a person by user name or phone, and password. The same answer, the same work and the same lock-out for a wrong password and an unknown name;
 * no connection is held while the password is hashed.
 */
@Component
class SignIn {
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private final Accounts accounts;
    private final PersonalData personal;
    private final IdentityLimits limits;
    private final String nobodysHash;

    SignIn(JdbcClient sql, TransactionTemplate transactions, Clock clock, PasswordEncoder passwords, Accounts accounts, PersonalData personal, IdentityLimits limits) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
        this.passwords = passwords;
        this.accounts = accounts;
        this.personal = personal;
        this.limits = limits;
        this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
    }

    /** An account that the typed name may mean. Several people may share a phone. */
    record Known(UUID account, @Nullable String hash, @Nullable Instant lockedUntil, List<UUID> schools) {
        Known {
            schools = List.copyOf(schools);
        }
    }

    Outcome<UUID> byPassword(String typed, String password) {
        String login = Accounts.loginOf(typed);
        List<Known> known = accountsOf(login);
        Optional<Known> right = known.stream().filter(k -> k.hash() != null && passwords.matches(password, k.hash())).findFirst();
        if (known.stream().allMatch(k -> k.hash() == null)) passwords.matches(password, nobodysHash);
        Instant now = clock.instant();
        Optional<Instant> locked = known.isEmpty() ? strangerLocked(login) : known.stream().flatMap(k -> Optional.ofNullable(k.lockedUntil()).stream()).max(Instant::compareTo);
        if (locked.filter(now::isBefore).isPresent()) return refused("identity.signin.locked", Duration.between(now, locked.get()).toMinutes() + 1);
        if (right.isEmpty()) {
            if (known.isEmpty()) strangerFailed(login, now);
            known.forEach(k -> failed(k, now));
            return refused("identity.signin.wrong");
        }
        return Outcome.done(right.get().account());
    }

    private List<Known> accountsOf(String login) {
        byte[] trace = Phones.read(login) instanceof Reading.Value phone ? accounts.trace(phone.text()) : null;
        List<Known> found = transactions.execute(t -> sql.sql("select account_id, password_hash, locked_until, schools from identity.door_account(:login, :trace)")
                .param("login", login)
                .param("trace", trace, Types.BINARY)
                .query((r, n) -> new Known(
                        r.getObject(1, UUID.class), r.getString(2), Optional.ofNullable(r.getTimestamp(3)).map(Timestamp::toInstant).orElse(null), List.of((UUID[]) r.getArray(4).getArray())))
                .list());
        return found == null ? List.of() : found;
    }

    // How many tries are free, and how long the pause is, say the schools of the person.
    private void failed(Known who, Instant now) {
        Limits wanted = limits.of(who.schools());
        transactions.executeWithoutResult(t -> sql.sql("select identity.door_failed(:a, :now, :free, :pause)")
                .param("a", who.account())
                .param("now", Timestamp.from(now))
                .param("free", wanted.attempts())
                .param("pause", Math.toIntExact(wanted.lockOut().toMinutes()))
                .query((r, n) -> true)
                .list());
    }

    // Names that nobody has lock alike; otherwise the lock would tell which names somebody has.
    private void strangerFailed(String login, Instant now) {
        Limits plain = limits.of(List.of());
        transactions.executeWithoutResult(t -> sql.sql("select identity.door_failed_unknown(:l, :now, :free, :pause)")
                .param("l", personal.trace("login", login))
                .param("now", Timestamp.from(now))
                .param("free", plain.attempts())
                .param("pause", Math.toIntExact(plain.lockOut().toMinutes()))
                .query((r, n) -> true)
                .list());
    }

    private Optional<Instant> strangerLocked(String login) {
        List<Instant> until = transactions.execute(t -> sql.sql("select u from identity.door_unknown_locked(:l) u where u is not null")
                .param("l", personal.trace("login", login))
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .list());
        return until == null ? Optional.empty() : until.stream().findFirst();
    }

    private static Outcome<UUID> refused(String key, Object... facts) {
        return Outcome.refused(new Refusal.Simple(key, "password", List.of(facts)));
    }
}
