package afterbell.money.billing.platform;

import afterbell.base.rules.Bilingual;
import afterbell.base.shared.Refusal;
import afterbell.money.billing.Payments.Fate;
import java.util.List;
import java.util.UUID;

/**
 * What a file would do, row by row; or has done.
 *
 * @param seen digest of what stands here: what is confirmed is what was seen
 * @param codes rows that only tell an order's payment code
 */
public record FilePage(UUID id, Bilingual layout, boolean applied, List<Line> lines, int codes, String seen, boolean acts, List<? extends Refusal> refusals) {
    /** @param child whose order it is, or empty */
    public record Line(int row, String order, String child, String className, long fen, long asked, String serial, Fate fate) {}

    public long count(Fate fate) {
        return lines.stream().filter(l -> l.fate() == fate).count();
    }

    public long fen(Fate fate) {
        return lines.stream().filter(l -> l.fate() == fate).mapToLong(Line::fen).sum();
    }

    /** The rows to look at: what does not simply pay its order. */
    public List<Line> strange() {
        return lines.stream().filter(l -> l.fate() != Fate.PAID).limit(200).toList();
    }

    public List<Line> plain() {
        return lines.stream().filter(l -> l.fate() == Fate.PAID).limit(200).toList();
    }
}
