package afterbell.base.identity.account;

import afterbell.base.identity.RateLimits;
import afterbell.base.identity.RateLimits.Limit;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Before somebody changes how an account is opened: whoever has a password types it again, unless the sign-in was just now. A phone left on a table
 * must not be enough to take an account over.
 */
@Component
class Proof {
    static final Duration JUST_NOW = Duration.ofMinutes(10);

    private final AccountStore store;
    private final TransactionTemplate transactions;
    private final PasswordEncoder passwords;
    private final RateLimits limits;
    private final Sessions sessions;
    private final Clock clock;

    Proof(AccountStore store, TransactionTemplate transactions, PasswordEncoder passwords, RateLimits limits, Sessions sessions, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.passwords = passwords;
        this.limits = limits;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Whether the page has to ask. Inside a transaction of the account's scope. */
    boolean asked(HttpServletRequest request, AccountStore.Kept kept) {
        return kept.passwordHash() != null && store.openedAt(sessions.idOf(request)).filter(at -> at.plus(JUST_NOW).isAfter(clock.instant())).isEmpty();
    }

    /** @throws afterbell.base.shared.web.TooMany after too many wrong passwords */
    Optional<Refusal> missing(HttpServletRequest request, UUID account, String current) {
        String hash = Objects.requireNonNull(transactions.execute(t -> {
            AccountStore.Kept kept = store.kept(account);
            return asked(request, kept) ? Objects.requireNonNull(kept.passwordHash()) : "";
        }));
        if (hash.isEmpty()) return Optional.empty();
        limits.take(Limit.PASSWORD, account.toString());
        return passwords.matches(current, hash) ? Optional.empty() : Optional.of(new Refusal.Simple("identity.account.current_wrong", "current", List.of()));
    }
}
