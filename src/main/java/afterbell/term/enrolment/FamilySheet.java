package afterbell.term.enrolment;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child's sheet as its family (or, once unsealed, the school) reads it.
 *
 * @param sheet null where nothing is saved, or where the family objected to what was entered for it
 * @param version 0 where nothing was ever saved; a save names the version it is based on
 * @param before what the family asked in the last closed round before this one, as a proposal while nothing is saved; null where it took part in none
 * @param returned set where the review sent the sheet back and the family has not saved since
 */
public record FamilySheet(
        Child child,
        Round round,
        @Nullable Sheet sheet,
        int version,
        @Nullable Instant savedAt,
        @Nullable UUID enteredBy,
        boolean enteredForFamily,
        boolean objected,
        @Nullable Before before,
        @Nullable Returned returned) {

    public record Child(UUID id, String name, UUID schoolClass, String className, int grade) {}

    /**
     * @param reason one of {@code days, wishes, paper, talk}
     * @param until when the step that gave it back ends; then the sheet goes on as it is
     */
    public record Returned(Instant at, String reason, Instant until) {}

    /**
     * One visit of one person.
     *
     * @param days {@code weekday:ordinal}, space between
     * @param wishes section ids in order, space between
     */
    public record Change(UUID by, boolean forFamily, Instant at, @Nullable Boolean takesPart, String days, String wishes) {}

    /**
     * An earlier answer.
     *
     * @param grade of the child then
     * @param until by weekday the ordinal of the last slot, in the bells of that term
     * @param noon slots of that term
     */
    public record Before(UUID term, int grade, Map<Integer, Integer> until, Set<UUID> noon) {
        public Before {
            until = Map.copyOf(until);
            noon = Set.copyOf(noon);
        }
    }

    public boolean answered() {
        return sheet != null && sheet.complete();
    }

    /** Whether a save at this instant would be taken: the round is open, or the review has sent the sheet back and still waits. */
    public boolean editableAt(Instant at) {
        return round.takesAnswersAt(at) || (returned != null && openReturn() && at.isBefore(returned.until()));
    }

    public boolean openReturn() {
        return returned != null && round.state() == Round.State.CLOSED && (savedAt == null || !savedAt.isAfter(returned.at()));
    }
}
