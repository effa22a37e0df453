package afterbell.day.dismissal.clearing;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param expected children of the day that stay for the service
 * @param open of them, not yet accounted for, by state; {@code unsettled} those who have left or never came and of whom something rings red
 * @param children the first of them, red ones first
 * @param areas of the school; 0 where it has named none
 * @param unwalked of them, those that nobody walked since the last child left its room
 * @param strangers who asked for a child without being on its list; for the duty leader alone
 * @param cleared null until somebody cleared the school
 */
public record ClearingPage(
        int expected, List<Count> open, List<Open> children, int areas, List<Unwalked> unwalked, List<Stranger> strangers, @Nullable Cleared cleared, boolean mayClear, boolean dayOpen, List<? extends Refusal> refusals) {

    public record Count(String state, int children) {}

    /** @param alarms what rings of it, joined by blanks */
    public record Open(UUID pupil, String name, String className, String state, String custodian, @Nullable UUID session, UUID planned, boolean closed, boolean red, Instant since, String alarms) {
        private static final Set<String> IN_HAND = Set.of("present", "called_out", "between", "waiting_late", "disputed");

        /** Where its remedy is: at the gate for one in hand, on the roll of its first session for one that nobody has, on its own page for one that nobody expects any more. */
        public String href() {
            if (closed) return "/board/children/" + pupil;
            return IN_HAND.contains(state) ? "/gate/" + pupil : "/sessions/" + (session == null ? planned : session) + "/roll-call";
        }

        /** What is wrong with a child that has left or never came: the remedy stands on its own page. */
        public String doubt() {
            return alarms.contains("CARD_SAYS_HERE") ? "card_says_here" : "release_doubted";
        }
    }

    /** @param at when it was walked before, null for not today */
    public record Unwalked(UUID id, String name, @Nullable Instant at) {
        public String href() {
            return "/patrol/areas/" + id;
        }
    }

    /** @param seenAt when the duty leader went there, null for not yet */
    public record Stranger(UUID id, String name, UUID pupil, String child, Instant at, boolean keptAway, @Nullable Instant seenAt, String seenBy) {}

    /** @param proof first characters of the proof, enough to compare by eye @param holds whether nothing was said of a child since */
    public record Cleared(Instant at, String by, int children, int areas, String proof, boolean holds) {}

    /** Whether nothing stands in the way of clearing. */
    public boolean ready() {
        return still() == 0 && unwalked.isEmpty();
    }

    /** Whether the school is clear, as far as anybody has said. */
    public boolean clear() {
        return cleared != null && cleared.holds();
    }

    public int still() {
        return open.stream().mapToInt(Count::children).sum();
    }
}
