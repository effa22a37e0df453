package afterbell.term.placement.engine;

import java.util.List;
import java.util.Locale;

/** The published orders. Each names its levels, the more important first; a smaller value is always better. */
public enum Order {
    /** Fewest with nothing, then the cost of class 1, 2 and 3, then bands, siblings, continuity, lottery. */
    FAIR(4, "nothing", "class1", "class2", "class3", "bands", "siblings", "continuity", "lottery"),
    /** The cost of class 1 and 2, which have priority, before fewest with nothing; the rest as in {@link #FAIR}. */
    PRIORITY(4, "class1", "class2", "nothing", "class3", "bands", "siblings", "continuity", "lottery"),
    /** Least total cost, whatever the class; then the same last four. */
    COST(1, "cost", "bands", "siblings", "continuity", "lottery"),
    /** Deferred acceptance: all sections prefer the higher class, then the better lottery number. Nothing is weighed. */
    DA(0);

    /** Changes with the levels of an order, the published points, or what they count. */
    public static final int VERSION = 1;

    private final int proved;
    private final List<String> levels;

    Order(int proved, String... levels) {
        this.proved = proved;
        this.levels = List.of(levels);
    }

    public List<String> levels() {
        return levels;
    }

    /** How many of the first levels the exact stage proves; the others are improved by exchanges. */
    public int provedLevels() {
        return proved;
    }

    /** Which level counts those with nothing, -1 where none does. */
    int nothingLevel() {
        return levels.indexOf("nothing");
    }

    /** Which level a pupil's cost belongs to; classes are told apart only where the order weighs them. */
    int costLevel(int priorityClass) {
        return this == COST ? 0 : levels.indexOf("class" + priorityClass);
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
