package afterbell.money.billing.refunds;

import afterbell.base.shared.Refusal;
import afterbell.money.billing.Refunds.Cause;
import afterbell.money.billing.Refunds.Destination;
import afterbell.money.billing.Refunds.State;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who has credit, what waits for whom, and what is on its way.
 *
 * @param lines what waits at the counter, on a list, or came back
 * @param acts may order and hand out; decides may be the second person
 */
public record RefundsPage(List<Credit> credits, List<Batch> batches, List<Line> lines, UUID me, boolean acts, boolean decides, List<? extends Refusal> refusals) {

    /** @param carried what was last left for the next charge; 0 where nothing */
    public record Credit(UUID pupil, String name, String className, boolean gone, long fen, long carried) {}

    public record Batch(UUID id, Cause cause, String state, long fen, Instant at, UUID by, int refunds, int done, int failed, int sent) {
        public boolean waits() {
            return state.equals("WAITING");
        }

        public boolean finished() {
            return state.equals("REFUSED") || done + failed == refunds;
        }
    }

    /** @param tail last four digits of the family's bank account, or empty */
    public record Line(UUID id, String number, String name, String className, Destination destination, String way, long fen, State state, String tail) {}

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
