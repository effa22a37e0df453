package afterbell.money.billing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** One append-only double entry per school (R121, law 3). Writes in the transaction of the act that is booked; reads inside the caller's scope. */
@Component
public class Ledger {
    private final LedgerStore store;
    private final AccountPlan plan = AccountPlan.shipped();

    Ledger(LedgerStore store) {
        this.store = store;
    }

    public AccountPlan plan() {
        return plan;
    }

    /** Writes an entry and answers with its id; a document that was posted under this memo answers with the entry of then, and nothing is written. */
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID post(UUID school, Draft draft) {
        return postAll(school, List.of(draft)).getFirst();
    }

    /** The same for many, by sets; answers in the order of the drafts. Two drafts of one document and memo in the list are a bug. */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<UUID> postAll(UUID school, List<Draft> drafts) {
        drafts.forEach(plan::check);
        return drafts.isEmpty() ? List.of() : store.add(school, drafts);
    }

    /** Sum of an account in fen; a debit is positive. */
    @Transactional(readOnly = true)
    public long balance(UUID school, String account) {
        return store.balance(school, plan.account(account).code());
    }

    /** What each child's family owes in fen; below zero it has credit. A child without any line owes nothing. */
    @Transactional(readOnly = true)
    public Map<UUID, Long> familyBalances(UUID school, Collection<UUID> pupils) {
        return store.familyBalances(school, pupils);
    }
}
