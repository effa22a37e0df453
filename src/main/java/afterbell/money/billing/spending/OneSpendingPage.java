package afterbell.money.billing.spending;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param decides whether this person may decide now; why: the refusal that says why not, null where nothing waits
 * @param fund left before; after: with this one approved
 */
public record OneSpendingPage(
        UUID id, LocalDate day, String use, String payee, String what, String source, long fen, String state, boolean back, @Nullable UUID backOf, boolean takenBack, Instant enteredAt, List<Picture> pictures, boolean decides,
        @Nullable Refusal why, boolean mayTakeBack, long fund, List<? extends Refusal> refusals) {
    public record Picture(String href, boolean picture) {}

    public String href() {
        return "/money/spending/" + id;
    }
}
