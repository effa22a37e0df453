package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.Refunds.Cause;
import afterbell.money.billing.Refunds.Destination;
import afterbell.money.billing.Refunds.How;
import afterbell.money.billing.Refunds.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who has credit, what waits for whom, and what is on its way.
 *
 * @param lines what waits at the counter, on a list, or came back
 * @param how what the tariff says of money that is too much
 * @param acts may order and hand out; decides may be the second person
 */
public record RefundsPage(List<Credit> credits, List<Batch> batches, List<Line> lines, How how, UUID me, boolean acts, boolean decides, List<? extends Refusal> refusals) {

    /**
     * @param leaves of the last grade in the last term of its year
     * @param carried what was last left for the next charge; 0 where nothing
     */
    public record Credit(UUID pupil, String name, String className, boolean gone, boolean leaves, long fen, long carried) {
        /** Whether there is a next charge to take it off. */
        public boolean stays() {
            return !gone && !leaves;
        }
    }

    public record Batch(UUID id, Cause cause, String state, long fen, Instant at, UUID by, int refunds, int done, int failed, int sent) {
        public boolean waits() {
            return state.equals("WAITING");
        }

        public boolean finished() {
            return state.equals("REFUSED") || done + failed == refunds;
        }
    }

    /**
     * @param tail last four digits of the family's bank account, or empty
     * @param entered whether finance entered that account, and not the family
     * @param listed when the list was taken on which it stands; null where on none
     */
    public record Line(UUID id, String number, UUID pupil, String name, String className, Destination destination, String way, long fen, State state, String tail, boolean entered, @Nullable Instant listed) {}

    /** What bank or platform have of one list. */
    public record Sent(Instant at, List<Line> lines) {
        public long fen() {
            return lines.stream().mapToLong(Line::fen).sum();
        }
    }

    /** Lists that are under way, the oldest first. */
    public List<Sent> sent(Destination to) {
        Map<Instant, List<Line>> lists = new TreeMap<>();
        for (Line l : of(to, State.SENT)) if (l.listed() != null) lists.computeIfAbsent(l.listed(), at -> new ArrayList<>()).add(l);
        return lists.entrySet().stream().map(e -> new Sent(e.getKey(), e.getValue())).toList();
    }

    /** Of these, who has told no account. */
    public static List<Line> unknown(List<Line> lines) {
        return lines.stream().filter(l -> l.tail().isEmpty()).toList();
    }

    public List<Line> of(Destination to, State... states) {
        List<State> wanted = List.of(states);
        return lines.stream().filter(l -> l.destination() == to && wanted.contains(l.state())).toList();
    }

    public List<Line> failed() {
        return lines.stream().filter(l -> l.state() == State.FAILED).toList();
    }

    public long credit() {
        return credits.stream().mapToLong(Credit::fen).sum();
    }
}
