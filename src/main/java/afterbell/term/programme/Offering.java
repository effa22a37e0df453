package afterbell.term.programme;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is on the menu of a term (R37, R42).
 *
 * @param activity the same word for the same thing in every term and section: a child is placed in one activity once
 * @param provider outside provider, null where the school's own staff lead it
 * @param picture file id, or null
 * @param materials what a child brings or gets, or empty
 * @param insurance whether the family must hold accident insurance (R101)
 * @param priceFen price shown in fen per {@code priceUnit}; 0 = free
 * @param auditioned whether the teacher sees and ranks applicants
 */
public record Offering(
        UUID id,
        UUID term,
        String activity,
        String name,
        Domain domain,
        String description,
        Cell.Layer layer,
        @Nullable UUID provider,
        @Nullable UUID picture,
        String materials,
        boolean insurance,
        long priceFen,
        PriceUnit priceUnit,
        boolean auditioned) {

    /** The four domains of R38, homework and study, and the rest. */
    public enum Domain {
        ARTS,
        SPORT,
        SCIENCE,
        HUMANITIES,
        STUDY,
        OTHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Domain of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public enum PriceUnit {
        SESSION,
        TERM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static PriceUnit of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
