package afterbell.term.staffing;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an outside provider or teacher stands with the checks asked of them, on one day.
 *
 * @param owner query of the form that adds a check: {@code provider=} or {@code staff=} with the id
 * @param wanted checks asked of this owner
 * @param missing those that no valid paper covers
 * @param until last day on which all hold, null = without end
 * @param day the day that is judged: today, or the first day of clubs where that is later
 */
public record Standing(String owner, Set<Vetting.Kind> wanted, Set<Vetting.Kind> missing, @Nullable LocalDate until, LocalDate day, List<Vetting> passed) {

    public Standing {
        passed = List.copyOf(passed);
    }

    static Standing of(String owner, UUID id, Set<Vetting.Kind> wanted, List<Vetting> all, LocalDate day) {
        List<Vetting> own = all.stream().filter(v -> id.equals(v.provider()) || id.equals(v.staff())).toList();
        return new Standing(owner + "=" + id, wanted, VettingPolicy.missing(wanted, own, day), VettingPolicy.fitUntil(wanted, own, day).orElse(null), day, own);
    }

    public boolean fit() {
        return missing.isEmpty();
    }

    /** Whether a check runs out within sixty days of the judged day. */
    public boolean runsOut() {
        return fit() && until != null && until.isBefore(day.plusDays(60));
    }
}
