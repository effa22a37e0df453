package afterbell.term.enrolment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a family asks for one child in one round.
 *
 * @param takesPart yes or no; at the same effort (C1)
 * @param until by weekday (1 Monday to 7 Sunday) the ordinal of the last slot the child stays for; 0 or absent: goes home (R28)
 * @param wishes by slot, best first; a slot without wishes is the child's own class
 * @param noon slots of noon care the child stays for, day by day
 * @param waiting what to do when a place comes free later
 */
public record Sheet(boolean takesPart, Map<Integer, Integer> until, Map<UUID, List<UUID>> wishes, Set<UUID> noon, Waiting waiting) {
    /** Ranks 1 to 9 have a published cost each; more are not read by the draw. */
    public static final int MOST_WISHES = 9;

    public enum Waiting {
        YES,
        ASK,
        NO
    }

    public static final Sheet NO = new Sheet(false, Map.of(), Map.of(), Set.of(), Waiting.ASK);

    public Sheet {
        TreeMap<Integer, Integer> days = new TreeMap<>();
        until.forEach((day, ordinal) -> {
            if (ordinal > 0) days.put(day, ordinal);
        });
        until = java.util.Collections.unmodifiableMap(days);
        Map<UUID, List<UUID>> lists = new LinkedHashMap<>();
        wishes.forEach((slot, list) -> {
            if (!list.isEmpty()) lists.put(slot, List.copyOf(list));
        });
        wishes = java.util.Collections.unmodifiableMap(lists);
        noon = Set.copyOf(noon);
    }

    /** Without noon care. */
    public Sheet(boolean takesPart, Map<Integer, Integer> until, Map<UUID, List<UUID>> wishes, Waiting waiting) {
        this(takesPart, until, wishes, Set.of(), waiting);
    }

    public int untilOn(int weekday) {
        return takesPart ? until.getOrDefault(weekday, 0) : 0;
    }

    public boolean stays(Menu.Slot slot) {
        return untilOn(slot.weekday()) >= slot.ordinal();
    }

    public List<UUID> wishesIn(UUID slot) {
        return wishes.getOrDefault(slot, List.of());
    }

    /** Yes with at least one day, or no: anything less is a sheet somebody has only begun. */
    public boolean complete() {
        return !takesPart || !until.isEmpty() || !noon.isEmpty();
    }
}
