package afterbell.money.billing.publishing;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published sheet: sums in fen, no names, no ids of people. Written as JSON in the order of these fields, so the same books give the same bytes (law 5).
 *
 * @param kind term or month
 * @param opening what was left of the service's money before the first day
 * @param charged by charges and their adjustments
 * @param collected money that came in from families, less what never came; refunded: what left the house for families
 * @param owed by families on the last day
 * @param children charged; null where fewer than the rules allow to say
 * @param uses what was spent, by use; pay counts with the month it belongs to
 * @param peoplePercent share of the spending that went to people
 * @param works pay by kind of work, so put together that each stands on enough people; empty where all are too few
 * @param held sessions; dropped: not delivered; attended: children counted, summed over the sessions
 * @param prices in force on the last day
 */
public record Sheet(
        String kind, LocalDate from, LocalDate until, long opening, long charged, long collected, long refunded, long owed, @Nullable Integer children, List<Use> uses, int peoplePercent, List<Work> works, @Nullable Integer payees, int held,
        int dropped, long attended, List<Price> prices) {

    public Sheet {
        uses = List.copyOf(uses);
        works = List.copyOf(works);
        prices = List.copyOf(prices);
    }

    public record Use(String use, long fen) {}

    public record Work(String work, int people, long times, long fen) {}

    /** @param refunds how money comes back, in words; phone: where to complain */
    public record Price(String title, String authority, String number, List<Line> lines, String refunds, String phone) {}

    public record Line(String item, String unit, long fen) {}

    /** Whether income and what is left stand on it: on the sheet of a term. Of a month families read pay and attendance; its charges are booked when the next month has begun. */
    public boolean income() {
        return kind.equals("term");
    }

    public long spent() {
        return uses.stream().mapToLong(Use::fen).sum();
    }

    public long closing() {
        return opening + charged - spent();
    }
}
