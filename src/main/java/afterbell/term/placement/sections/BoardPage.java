package afterbell.term.placement.sections;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The sections of one weekday side by side, with what the moves that were asked for would do.
 *
 * @param day weekday, 1 Monday
 * @param effects one per asked move, empty before the first
 * @param loads sections whose size would change
 * @param possible whether all of it can be saved
 */
public record BoardPage(int day, List<Integer> days, List<Column> columns, List<Effect> effects, List<Load> loads, boolean possible, boolean mayAct, List<? extends Refusal> refusals) {

    /** @param free seats that nobody has or holds */
    public record Column(UUID id, String name, int taken, int held, int capacity, long version, List<Card> cards) {}

    /** @param to the section to which the child is asked to move, or null */
    public record Card(UUID seat, String name, String className, int rank, @Nullable UUID to) {}

    /**
     * @param before the child's rank of where it is, 0 where it was not wished
     * @param after of where it would be
     * @param verdict gains, loses, same or unwished
     * @param problem message key of what stands against it, or empty
     * @param problemWith the section that stands against it, or empty
     */
    public record Effect(UUID seat, UUID section, String name, String className, String from, String to, int before, int after, String verdict, String problem, String problemWith) {}

    /** @param under below its minimum, though it was not before */
    public record Load(String name, int before, int after, int capacity, boolean over, boolean under) {}
}
