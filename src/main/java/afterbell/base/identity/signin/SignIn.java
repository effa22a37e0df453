package afterbell.base.identity.signin;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
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
import org.springframework.transaction.annotation.Transactional;

/** Proves a person by user name and password. The same answer and the same work for a wrong password and an unknown name. */
@Component
class SignIn {
    private static final int FREE_TRIES = 5;

    private final JdbcClient sql;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private final String nobodysHash;

    SignIn(JdbcClient sql, Clock clock, PasswordEncoder passwords) {
        this.sql = sql;
        this.clock = clock;
        this.passwords = passwords;
        this.nobodysHash = passwords.encode(UUID.randomUUID().toString());
    }

    private record Known(UUID account, @Nullable String hash, int failures, @Nullable Instant lockedUntil) {}

    @Transactional
    public Outcome<UUID> byPassword(String login, String password) {
        Instant now = clock.instant();
        Optional<Known> known = sql.sql("select account_id, password_hash, failures, locked_until from identity.door_account(:login, null)")
                .param("login", login.strip().toLowerCase(Locale.ROOT))
                .query((r, n) -> new Known(r.getObject(1, UUID.class), r.getString(2), r.getInt(3), Optional.ofNullable(r.getTimestamp(4)).map(Timestamp::toInstant).orElse(null)))
                .optional();
        String hash = known.map(Known::hash).orElse(nobodysHash);
        boolean right = passwords.matches(password, hash);
        if (known.isEmpty()) return wrong();
        Known account = known.get();
        if (account.lockedUntil() != null && account.lockedUntil().isAfter(now)) {
            long minutes = Duration.between(now, account.lockedUntil()).toMinutes() + 1;
            return Outcome.refused(new Refusal.Simple("identity.signin.locked", "password", List.of(minutes)));
        }
        if (!right) {
            sql.sql("select identity.door_failed(:a, :until)")
                    .param("a", account.account())
                    .param("until", account.failures() + 1 >= FREE_TRIES ? Timestamp.from(now.plus(pause(account.failures() + 1))) : null, Types.TIMESTAMP)
                    .query((r, n) -> true)
                    .list();
            return wrong();
        }
        return Outcome.done(account.account());
    }

    // Doubles with each further failure: one minute, two, four, … at most an hour.
    private static Duration pause(int failures) {
        return Duration.ofMinutes(Math.min(60, 1L << Math.min(6, failures - FREE_TRIES)));
    }

    private static Outcome<UUID> wrong() {
        return Outcome.refused(new Refusal.Simple("identity.signin.wrong", "password", List.of()));
    }
}
