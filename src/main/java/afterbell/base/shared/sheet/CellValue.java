package afterbell.base.shared.sheet;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/** What one cell holds. A blank cell is no value at all. */
public sealed interface CellValue {

    /** The value as a person reads it. Numbers come without exponent. */
    String text();

    record Text(String text) implements CellValue {}

    /**
     * A number as stored, before any formatting.
     *
     * @param format the number format of the cell, empty when general
     */
    record Number(BigDecimal value, String format) implements CellValue {
        /** Excel keeps 15 significant digits; a longer number has lost its end. */
        private static final int EXACT_DIGITS = 15;

        @Override
        public String text() {
            BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            String digits = plain.toPlainString();
            boolean padded = format.length() > digits.length() && format.chars().allMatch(c -> c == '0');
            return padded && plain.scale() <= 0 && plain.signum() >= 0
                    ? "0".repeat(format.length() - digits.length()) + digits
                    : digits;
        }

        /** Whether digits may be lost, which makes the number useless as an identifier. */
        public boolean damaged() {
            BigDecimal plain = value.stripTrailingZeros();
            return plain.precision() - Math.min(plain.scale(), 0) > EXACT_DIGITS;
        }
    }

    /** A number that the cell shows as a date or date and time. */
    record Moment(LocalDateTime at) implements CellValue {
        @Override
        public String text() {
            String date = at.toLocalDate().toString();
            return at.toLocalTime().toSecondOfDay() == 0 ? date : date + " " + at.toLocalTime();
        }
    }

    record Flag(boolean value) implements CellValue {
        @Override
        public String text() {
            return value ? "TRUE" : "FALSE";
        }
    }

    /** An error such as #N/A or #REF!. */
    record Fault(String text) implements CellValue {}
}
