package afterbell.term.programme.menu;

import afterbell.base.calendar.Term;
import afterbell.base.shared.web.Listing;
import afterbell.term.programme.SlotTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The menu as a list.
 *
 * @param last the term that could be taken over, null where there is none
 * @param money whether prices show
 */
public record SectionsPage(@Nullable Term term, @Nullable Term last, boolean edits, boolean money, List<Integer> grades, List<Integer> days, Listing list, List<Row> rows) {

    /**
     * @param times when it meets, one per meeting
     * @param members fixed members named
     * @param stops problems that keep it from being published
     * @param looks problems that a person should look at
     */
    public record Row(
            UUID id,
            String code,
            String name,
            String kind,
            int gradeFrom,
            int gradeUntil,
            List<SlotTime> times,
            List<String> teachers,
            String room,
            int minSize,
            int capacity,
            int members,
            long priceFen,
            String priceUnit,
            String state,
            boolean fixed,
            long stops,
            long looks) {}
}
