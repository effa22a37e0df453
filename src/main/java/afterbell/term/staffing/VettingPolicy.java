package afterbell.term.staffing;

import afterbell.term.staffing.Vetting.Kind;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which checks an outside provider or person needs, and whether they hold on a day (C12, R72). */
final class VettingPolicy {
    private VettingPolicy() {}

    /** What a provider must show; its people each show {@link #ofPeople}. */
    static Set<Kind> of(Provider.Kind provider) {
        return switch (provider) {
            case INSTITUTION -> EnumSet.of(Kind.QUALIFICATION, Kind.AGREEMENT);
            case VOLUNTEER -> EnumSet.of(Kind.BACKGROUND, Kind.AGREEMENT);
        };
    }

    static Set<Kind> ofPeople() {
        return EnumSet.of(Kind.QUALIFICATION, Kind.BACKGROUND);
    }

    /** Checks that no valid paper covers on this day. */
    static Set<Kind> missing(Set<Kind> wanted, Collection<Vetting> passed, LocalDate day) {
        Set<Kind> missing = EnumSet.noneOf(Kind.class);
        missing.addAll(wanted);
        passed.stream().filter(v -> v.validOn(day)).forEach(v -> missing.remove(v.kind()));
        return missing;
    }

    /** Last day on which all wanted checks hold when counted from a day on; empty where they hold without end. Meaningless where some are missing on that day. */
    static Optional<LocalDate> fitUntil(Set<Kind> wanted, Collection<Vetting> passed, LocalDate day) {
        return wanted.stream().map(k -> unbroken(k, passed, day)).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    // Papers that follow one another without a gap count as one.
    private static Optional<LocalDate> unbroken(Kind kind, Collection<Vetting> passed, LocalDate day) {
        LocalDate reached = day.minusDays(1);
        while (true) {
            LocalDate next = reached.plusDays(1);
            @Nullable Vetting further = passed.stream()
                    .filter(v -> v.kind() == kind && v.validOn(next))
                    .max(Comparator.comparing(v -> v.until() == null ? LocalDate.MAX : v.until()))
                    .orElse(null);
            if (further == null) return Optional.of(reached);
            if (further.until() == null) return Optional.empty();
            reached = further.until();
        }
    }
}
