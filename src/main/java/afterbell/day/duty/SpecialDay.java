package afterbell.day.duty;

import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A day that is not like others, and the one question that each family is asked (R26).
 *
 * @param kind {@code afternoon_off, exam, weather, eve, other}
 * @param leaves when lessons end: who does not stay goes home then
 * @param until until when children may stay, ascending; the last is the end of the day
 * @param grades 1-12; empty: all
 * @param deadline until when families answer
 * @param unanswered what counts for who has not: {@code as-usual, stays, goes-home}
 */
public record SpecialDay(UUID id, UUID school, LocalDate day, String kind, LocalTime leaves, List<LocalTime> until, Set<Integer> grades, Instant deadline, String unanswered, boolean withdrawn) {
    public SpecialDay {
        until = List.copyOf(until);
        grades = Set.copyOf(grades);
    }

    public boolean concerns(int grade) {
        return grades.isEmpty() || grades.contains(grade);
    }

    public boolean openAt(Instant now) {
        return !withdrawn && now.isBefore(deadline);
    }

    /** What happens to who does not answer, in words said beforehand. */
    public String silence(Screen screen) {
        return switch (unanswered) {
            case "stays" -> screen.t("duty.special.silence.stays", until.getLast().toString());
            case "goes-home" -> screen.t("duty.special.silence.goes_home", leaves.toString());
            default -> screen.t("duty.special.silence.as_usual", until.getLast().toString(), leaves.toString());
        };
    }
}
