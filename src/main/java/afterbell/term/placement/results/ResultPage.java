package afterbell.term.placement.results;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One child's result on one screen.
 *
 * @param published false while there is nothing to read yet
 * @param days Monday to Friday as the child lives them
 * @param mayObject whether this person can still say that something is wrong
 * @param certificate address of the public certificate
 * @param lined whether the family can check its own line against it
 */
public record ResultPage(
        UUID child,
        String childName,
        String className,
        boolean published,
        @Nullable Instant objectionsUntil,
        @Nullable LocalDate from,
        List<String> periods,
        List<Day> days,
        List<Place> places,
        List<Missed> missed,
        @Nullable Integer lottery,
        String certificate,
        List<Sibling> siblings,
        List<Offer> offers,
        boolean mayAct,
        boolean mayObject,
        boolean lined) {

    /**
     * A seat held for the child.
     *
     * @param giving ids of the seats that accepting it gives up, with their names in givingNames
     */
    public record Offer(UUID waiting, String name, String when, String where, Instant until, List<UUID> giving, String givingNames, LocalDate from) {}


    /** @param cells one per period: own class, club, or home */
    public record Day(int weekday, List<Cell> cells) {}

    /** @param kind own, club or home */
    public record Cell(String kind, String title, String note) {}

    /** @param rank 1 for the first wish, 0 for a team */
    public record Place(String name, String when, String where, String who, int rank) {}

    /** @param rank of the wish on its day @param waiting place in the waiting list, 0 where the child does not wait */
    public record Missed(String name, int rank, String reasonKey, List<Object> facts, int waiting) {}

    /** Another child of the same family. */
    public record Sibling(UUID id, String name) {}
}
