package afterbell.term.placement.changing;

import afterbell.base.shared.Refusal;
import afterbell.term.placement.SeatBook;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What can be done now with one child's places.
 *
 * @param base address under which the acts of this page stand
 * @param office the school looks, for the family
 * @param mayAct false for a carer, who only reads
 * @param mayChange whether places may still be swapped by the family itself, until changeUntil
 * @param from the first day of a place taken now
 * @param until the last day of a place given back now
 * @param free sections with a seat, day by day
 * @param full sections where the child can only wait
 */
public record SeatsPage(
        String base,
        String childName,
        String className,
        boolean office,
        boolean mayAct,
        boolean open,
        boolean mayChange,
        LocalDate changeUntil,
        LocalDate from,
        LocalDate until,
        List<Card> offers,
        List<Card> seats,
        List<Card> waiting,
        List<Day> free,
        List<Card> full,
        List<? extends Refusal> refusals) {

    public record Day(int weekday, List<Card> cards) {}

    /** A place that would be given up. */
    public record Given(UUID seat, String name) {}

    /** @param opens the hour from which seats go by time, null where they do not or it has come */
    public record Card(
            UUID section,
            String name,
            String teacher,
            String room,
            List<SeatBook.Meeting> meetings,
            long priceFen,
            String priceUnit,
            int left,
            boolean team,
            boolean rush,
            @Nullable Instant opens,
            @Nullable UUID seat,
            @Nullable LocalDate from,
            int rank,
            @Nullable UUID waiting,
            @Nullable Instant heldUntil,
            int place,
            List<Given> giving) {

        public String givingNames() {
            return String.join(", ", giving.stream().map(Given::name).toList());
        }
    }
}
