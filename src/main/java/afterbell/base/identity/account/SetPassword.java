package afterbell.base.identity.account;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.Revocations;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets user name and password; every other device is signed out with it. The password is hashed before the transaction begins. */
@Component
class SetPassword {
    private final AccountStore store;
    private final Proof proof;
    private final TransactionTemplate transactions;
    private final PasswordEncoder passwords;
    private final Sessions sessions;
    private final Revocations revocations;

    SetPassword(AccountStore store, Proof proof, TransactionTemplate transactions, PasswordEncoder passwords, Sessions sessions, Revocations revocations) {
        this.store = store;
        this.proof = proof;
        this.transactions = transactions;
        this.passwords = passwords;
        this.sessions = sessions;
        this.revocations = revocations;
    }

    /** @return how many other devices were signed out */
    Outcome<Integer> set(HttpServletRequest request, UUID account, String typedName, String password, String current) {
        AccountStore.Kept kept = in(() -> store.kept(account));
        String userName = Accounts.loginOf(typedName);
        List<Refusal> refusals = new ArrayList<>();
        proof.missing(request, account, current).ifPresent(refusals::add);
        refusals.addAll(PasswordPolicy.userName(userName, !kept.phone().isEmpty()));
        refusals.addAll(PasswordPolicy.password(password, userName, kept.name(), kept.phone()));
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        String hash = Objects.requireNonNull(passwords.encode(password));
        try {
            return in(() -> {
                if (!userName.equals(kept.userName())) {
                    if (!userName.isEmpty() && store.taken(userName)) return taken();
                    store.userName(account, userName);
                }
                store.password(account, hash);
                int ended = store.endOthers(account, sessions.idOf(request));
                revocations.of(account);
                return Outcome.done(ended);
            });
        } catch (DuplicateKeyException e) {
            return taken();
        }
    }

    private static Outcome<Integer> taken() {
        return Outcome.refused(new Refusal.Simple("identity.account.user_taken", "user", List.of()));
    }

    private <T> T in(java.util.function.Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
