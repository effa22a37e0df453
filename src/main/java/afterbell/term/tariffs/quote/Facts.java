package afterbell.term.tariffs.quote;

import afterbell.base.rules.Location;
import afterbell.base.rules.Ownership;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Stage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one pupil for one term: the only thing besides tariff and rules that a price depends on (law 5).
 *
 * @param boardingCovers services that the pupil's boarding fee pays already
 * @param joined first day of the pupil; null where it was there from the beginning
 * @param left when and how the pupil gave up; null where it stays
 */
public record Facts(
        Pupil pupil,
        LocalDate from,
        LocalDate until,
        Set<ServiceClass> boardingCovers,
        List<Stretch> stretches,
        @Nullable LocalDate joined,
        @Nullable Left left,
        List<Exempt> exempt,
        List<Payment> payments,
        List<Late> late) {

    public Facts {
        boardingCovers = Set.copyOf(boardingCovers);
        stretches = List.copyOf(stretches);
        exempt = List.copyOf(exempt);
        payments = List.copyOf(payments);
        late = List.copyOf(late);
    }

    public record Pupil(Stage stage, int grade, Location location, Ownership ownership, boolean boarding) {}

    /**
     * One service in one billing period, usually a month.
     *
     * @param perDay periods or hours of one day, where the tariff does not fix them
     * @param count how many of the thing were ordered: half-day types, sessions; 1 otherwise
     * @param workdays statutory workdays of the time
     * @param planned service days ordered for this pupil
     * @param held those of them that took place
     * @param attended those of them that the pupil came to
     * @param leave days of leave; {@code undelivered} the school did not hold; {@code closed} by an authority; {@code withdrawn} after the pupil left
     * @param inARow longest absence in a row, in service days
     * @param special units that carry a surcharge
     */
    public record Stretch(
            LocalDate from,
            LocalDate until,
            ServiceClass service,
            BigDecimal perDay,
            int count,
            int workdays,
            int planned,
            int held,
            int attended,
            int leave,
            int undelivered,
            int closed,
            int withdrawn,
            int inARow,
            int special) {

        int days(Tariff.Cause cause) {
            return switch (cause) {
                case LEAVE -> leave;
                case WITHDRAWAL -> withdrawn;
                case UNDELIVERED -> undelivered;
                case CLOSURE -> closed;
            };
        }
    }

    /** @param reviewed whether a late cancellation was proved and granted */
    public record Left(LocalDate on, boolean reviewed) {}

    /** @param until last day; null where open */
    public record Exempt(String group, LocalDate from, @Nullable LocalDate until) {}

    public record Payment(LocalDate on, long fen) {}

    public record Late(LocalDate on, int minutes) {}
}
