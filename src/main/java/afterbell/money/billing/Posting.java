package afterbell.money.billing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of an entry.
 *
 * @param account code of the account plan
 * @param pupil whose account; required where the plan says so
 * @param channel through which money is under way; required where the plan says so
 * @param term to which income and expense belong
 * @param fen never zero; a debit is positive, a credit negative
 */
public record Posting(String account, @Nullable UUID pupil, @Nullable String channel, @Nullable UUID term, long fen) {
    public static Posting of(String account, long fen) {
        return new Posting(account, null, null, null, fen);
    }

    /** A line on a child's own account. */
    public static Posting ofPupil(String account, UUID pupil, @Nullable UUID term, long fen) {
        return new Posting(account, pupil, null, term, fen);
    }
}
