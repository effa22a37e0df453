package afterbell.money.billing.spending;

import afterbell.base.shared.web.Listing;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What was spent.
 *
 * @param fund what is left of the service's money, in fen
 * @param people share of the spent money that went to people, in percent; least: what the rules ask for, 0 for nothing
 */
public record SpendingPage(Listing list, List<Row> rows, long fund, long waiting, List<Use> uses, int people, int least, boolean enters) {
    public record Row(UUID id, LocalDate day, String use, String payee, String what, long fen, String state, boolean back) {}

    public record Use(String use, long fen) {}

    public long spent() {
        return uses.stream().mapToLong(Use::fen).sum();
    }
}
