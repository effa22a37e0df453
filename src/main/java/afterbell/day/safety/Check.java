package afterbell.day.safety;

import java.util.List;

/**
 * A checklist of hazard rounds.
 *
 * @param every days between two rounds, 1-366
 * @param mend days until a fault must be mended, 0-90
 * @param version 0 as shipped, else the school's own
 */
public record Check(String key, Said name, int every, int mend, List<Said> items, int version) {
    public Check {
        items = List.copyOf(items);
    }
}
