package afterbell.money.billing;

import afterbell.base.rules.Bilingual;
import afterbell.base.shared.text.DataFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts that entries are made of (R121). Pure: read from {@code billing/accounts.yaml} once. */
public final class AccountPlan {
    private final Map<String, Account> byCode;

    public enum Kind {
        ASSET,
        LIABILITY,
        EXPENSE
    }

    /**
     * @param chart number in the state's chart of accounts
     * @param needsPupil whether a line on it must name a child
     * @param needsChannel whether a line on it must name a channel
     */
    public record Account(String code, String chart, Kind kind, Bilingual name, boolean needsPupil, boolean needsChannel) {}

    private AccountPlan(Map<String, Account> byCode) {
        this.byCode = byCode;
    }

    /** The shipped plan. */
    public static AccountPlan shipped() {
        Map<String, Account> all = new LinkedHashMap<>();
        for (DataFile row : DataFile.load("billing/accounts.yaml").at("accounts").list()) {
            List<String> needs = row.has("needs") ? row.at("needs").texts() : List.of();
            Account account = new Account(
                    row.text("code"), row.text("chart"), Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)), new Bilingual(row.text("zh"), row.text("en")), needs.contains("pupil"), needs.contains("channel"));
            if (all.put(account.code(), account) != null) throw new IllegalStateException("account " + account.code() + " stands twice");
        }
        return new AccountPlan(all);
    }

    public Collection<Account> accounts() {
        return byCode.values();
    }

    public Account account(String code) {
        @Nullable Account account = byCode.get(code);
        if (account == null) throw new IllegalArgumentException("there is no account " + code);
        return account;
    }

    /** A draft that may not be written is a bug of the caller: unbalanced, with an unknown account, or a line without the child or channel that it needs. */
    public void check(Draft draft) {
        if (draft.postings().size() < 2) throw new IllegalArgumentException("an entry has two lines at least");
        long sum = 0;
        for (Posting posting : draft.postings()) {
            Account account = account(posting.account());
            if (posting.fen() == 0) throw new IllegalArgumentException("a line of nothing");
            if (account.needsPupil() && posting.pupil() == null) throw new IllegalArgumentException(account.code() + " without a child");
            if (account.needsChannel() && posting.channel() == null) throw new IllegalArgumentException(account.code() + " without a channel");
            sum = Math.addExact(sum, posting.fen());
        }
        if (sum != 0) throw new IllegalArgumentException("an entry that does not balance");
    }
}
