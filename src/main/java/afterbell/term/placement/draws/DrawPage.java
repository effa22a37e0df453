package afterbell.term.placement.draws;

import afterbell.base.shared.Refusal;
import afterbell.term.placement.Marks;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The console of one round's draw.
 *
 * @param step 0 round open, 1 committed, 2 revealed, 3 solved, 4 published
 * @param reviewUntil while the review may still change sheets: when it ends at the latest
 * @param order of the round, settled before it opened
 * @param unwished closed and reviewed, nobody wished anything, no team has members and nothing was computed: there is nothing to draw
 * @param run the run that is looked at, null before the first
 * @param mayTake whether the reader checks draws and may take a run's files
 * @param marking the auditioned sections that somebody asked for, while their teachers may mark
 */
public record DrawPage(
        UUID round,
        String roundName,
        boolean closed,
        Instant closesAt,
        int step,
        @Nullable Instant reviewUntil,
        boolean unwished,
        @Nullable Lottery lottery,
        String typedValue,
        String order,
        List<RunLine> runs,
        @Nullable RunView run,
        List<Marks.Asked> marking,
        boolean mayAct,
        boolean mayTake,
        List<? extends Refusal> refusals) {

    /** The published commitments, the last of which counts. */
    public record Lottery(String seedHash, String publicName, @Nullable String publicValue, List<Commitment> commitments) {}

    /** @param cause closed, reviewed or again */
    public record Commitment(String cause, String inputHash, String publicName, Instant at) {}

    /** Whether the input as it stands is not committed to, as the last try to reveal found. */
    public boolean moved() {
        return refusals.stream().anyMatch(r -> r instanceof DrawRefusal.SheetsMoved || r instanceof DrawRefusal.NotCommitted);
    }

    /**
     * A run in the list.
     *
     * @param variation what was left out to show its price, or empty
     * @param exchange families that would read that another child's loss outweighs their gain
     */
    public record RunLine(UUID id, String order, boolean preview, String variation, String state, Instant at, @Nullable Figures figures, int exchange, int closings, boolean here) {}

    /** @param firsts lists of this length whose first wish was given */
    public record Chance(int length, int lists, int firsts) {
        public int percent() {
            return lists == 0 ? 0 : (int) Math.round(100.0 * firsts / lists);
        }
    }

    /**
     * A trick tried for some children.
     *
     * @param key of its words, {@code placement.trick.<key>}
     * @param gain mean points saved in tenths, without its sign
     * @param lost whether the points were lost instead
     */
    public record Trick(String key, int tried, int better, int worse, double gain, boolean lost) {}

    /** What a run reached, as the certificate says. */
    public record Figures(long first, long second, long third, long later, long none, long nothing, long wanted, long pupils, long cost, boolean proved, Map<String, Long> levels, Map<String, Long> bounds) {

        public int firstPercent() {
            return wanted == 0 ? 0 : (int) Math.round(100.0 * first / wanted);
        }

        /** Of the wanted days, how many got any wish. */
        public int filledPercent() {
            return wanted == 0 ? 0 : (int) Math.round(100.0 * (wanted - none) / wanted);
        }
    }

    public record Closing(String code, String name, int placeable, int minSize, boolean confirmed) {}

    /** @param families how many families would read a sentence with this reason */
    public record ReasonLine(String reason, int families, int sentences) {}

    public record SectionLine(UUID id, String code, String name, int capacity, int minSize, boolean fixed, int firsts, int wishes, int placed, int rank1, int rank2, int rank3, boolean closed) {
        /** Wishes per hundred seats. */
        public int pressure() {
            return capacity == 0 ? 0 : firsts * 100 / capacity;
        }
    }

    public record Progress(String stage, int level, int done, int total) {}

    /** @param asFrozen sheets that had changed since the freeze and were decided on as they were then */
    public record RunView(
            UUID id,
            String order,
            boolean preview,
            int asFrozen,
            String state,
            Progress progress,
            @Nullable Figures figures,
            List<Closing> closings,
            List<ReasonLine> reasons,
            List<SectionLine> sections,
            List<Chance> chances,
            List<Trick> tricks,
            int familiesTold,
            @Nullable String failure,
            @Nullable Instant publishedAt) {

        public int openClosings() {
            return (int) closings.stream().filter(c -> !c.confirmed()).count();
        }

        public boolean finished() {
            return !state.equals("waiting") && !state.equals("running");
        }
    }

    public String href() {
        return "/draws/" + round;
    }
}
