package afterbell.term.tariffs;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price document of an authority, as a school shows it (R120).
 *
 * @param authority who set the prices, for example the development and reform office
 * @param number number of the document, or empty
 * @param refunds how money comes back, in words
 * @param notice what else families should know, or empty
 * @param phone complaint phone, or empty
 * @param until last day, null = open
 * @param file the document itself, which everybody may read; null where none is attached
 */
public record PriceDocument(
        UUID id, String title, String authority, String number, String refunds, String notice, String phone, LocalDate from, @Nullable LocalDate until, List<Line> lines, @Nullable UUID file) {

    public PriceDocument {
        lines = List.copyOf(lines);
    }

    /** One priced thing; {@code fen} per unit, {@code serviceClass} one of after-school, noon, evening, weekend, holiday. */
    public record Line(UUID id, String item, Unit unit, long fen, String serviceClass) {}

    public enum Unit {
        DAY,
        PERIOD,
        SESSION,
        MONTH,
        TERM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same document with another file. */
    public PriceDocument with(@Nullable UUID attached) {
        return new PriceDocument(id, title, authority, number, refunds, notice, phone, from, until, lines, attached);
    }

    public boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
}
