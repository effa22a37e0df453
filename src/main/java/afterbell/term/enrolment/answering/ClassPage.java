package afterbell.term.enrolment.answering;

import afterbell.base.shared.Refusal;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A class and its answers: answered or not yet, never yes or no before the close.
 *
 * @param link where a family fills in, for the reminder
 */
public record ClassPage(
        UUID id, String name, Round round, Instant now, boolean mayEnter, List<Child> children, Menu menu, String link, int saved, List<? extends Refusal> refusals) {

    /** Wishes that the grid takes for a child; a paper with more is typed on the whole sheet of the child. */
    public static final int WISHES = 2;

    public enum State {
        MISSING,
        ITSELF,
        TYPED,
        OBJECTED
    }

    /**
     * @param whole what the row's first field says: empty, {@code no} or the ordinal until which the child stays every day
     * @param days what stands in the cells, by weekday
     * @param wishes sections, best first
     * @param takesPart known to staff after the close, and where the school typed it
     */
    public record Child(UUID id, String name, State state, int version, String whole, Map<Integer, String> days, List<UUID> wishes, boolean noon, @Nullable Boolean takesPart) {
        /** @param rank from 1 */
        public boolean wishes(int rank, UUID section) {
            return wishes.size() >= rank && wishes.get(rank - 1).equals(section);
        }

        public String day(int weekday) {
            return days.getOrDefault(weekday, "");
        }
    }

    /** A section that can be wished, with the weekday of its first slot. */
    public record Option(UUID id, int weekday, String name) {}

    public List<Option> options() {
        return menu.choices().stream().flatMap(slot -> menu.in(slot.id()).stream().filter(s -> s.slots().getFirst().equals(slot.id())).map(s -> new Option(s.id(), slot.weekday(), s.name()))).toList();
    }

    public String href() {
        return "/classes/" + id + "/round/" + round.id();
    }

    public boolean running() {
        return round.takesAnswersAt(now);
    }

    public boolean closed() {
        return round.state() == Round.State.CLOSED;
    }

    public long answered() {
        return children.stream().filter(c -> c.state() == State.ITSELF || c.state() == State.TYPED).count();
    }

    public List<Child> missing() {
        return children.stream().filter(c -> c.state() == State.MISSING || c.state() == State.OBJECTED).toList();
    }

    public long typed() {
        return children.stream().filter(c -> c.state() == State.TYPED).count();
    }

    /** The hours at which a day can end, by ordinal. */
    public List<Menu.Slot> ends() {
        return menu.slots().stream().collect(Collectors.toMap(Menu.Slot::ordinal, s -> s, (a, b) -> a, TreeMap::new)).values().stream().toList();
    }
}
