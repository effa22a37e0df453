package afterbell.term.staffing;

import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check that was passed, with its dates and document (C12).
 *
 * @param provider whose check it is; null where it is a person's
 * @param staff the outside teacher whose check it is; null where it is a provider's
 * @param until last valid day, null = open
 * @param file the scanned document, null where it is kept on paper
 */
public record Vetting(UUID id, @Nullable UUID provider, @Nullable UUID staff, Kind kind, LocalDate from, @Nullable LocalDate until, @Nullable UUID file, String note) {

    public enum Kind {
        /** Licence of the institution, or what entitles a person to teach this. */
        QUALIFICATION,
        /** No record that forbids work with children. */
        BACKGROUND,
        HEALTH,
        /** The signed agreement with teaching requirements and safety duty. */
        AGREEMENT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean validOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
}
