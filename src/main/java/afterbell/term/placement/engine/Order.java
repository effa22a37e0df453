package afterbell.term.placement.engine;

import java.util.List;
import java.util.Locale;

/** The published orders. Each names its levels, the more important first; a smaller value is always better. */
public enum Order {
    /** Fewest with nothing, then the cost of class 1, 2 and 3, then bands, siblings, continuity, lottery. */
    FAIR(4, "nothing", "class1", "class2", "class3", "bands", "siblings", "continuity", "lottery"),
    /** Least total cost, whatever the class; then the same last four. */
    COST(1, "cost", "bands", "siblings", "continuity", "lottery"),
    /** Deferred acceptance: all sections prefer the higher class, then the better lottery number. Nothing is weighed. */
    DA(0);

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

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
