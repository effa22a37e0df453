package afterbell.base.shared.sheet;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days in the writings of school files; canonical is ISO. A year of two digits or a day without month is refused, never guessed. */
public final class Dates {
    private static final String YEAR = Pattern.quote(Words.at("date").text("year"));
    private static final String MONTH = Pattern.quote(Words.at("date").text("month"));
    private static final String DAY = Words.oneOf(Words.at("date").at("day").texts());
    private static final String TIME = "(?:[ T]?\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?)?";
    private static final Pattern SIGNED = Pattern.compile("(\\d{4}) ?[-/.] ?(\\d{1,2}) ?[-/.] ?(\\d{1,2})" + TIME);
    private static final Pattern WORDED = Pattern.compile("(\\d{4}) ?" + YEAR + " ?(\\d{1,2}) ?" + MONTH + " ?(\\d{1,2}) ?" + DAY + "?" + TIME);
    private static final Pattern SOLID = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern SHORT_YEAR = Pattern.compile("\\d{2} ?[-/.] ?\\d{1,2} ?[-/.] ?\\d{1,2}|\\d{1,2}/\\d{1,2}/\\d{2,4}");
    private static final Pattern NO_DAY = Pattern.compile("\\d{4} ?(?:[-/.]|" + YEAR + ") ?\\d{1,2} ?" + MONTH + "?|\\d{6}");

    private Dates() {}

    /** Reads a day between two bounds, both included. */
    public static Reading read(CellValue value, LocalDate earliest, LocalDate latest) {
        return switch (value) {
            case CellValue.Moment moment -> bounded(moment.at().toLocalDate(), value.text(), earliest, latest);
            case CellValue.Number number -> readNumber(number, earliest, latest);
            case CellValue.Text text -> readText(CellText.clean(text.text()).replace('\n', ' '), earliest, latest);
            case CellValue.Flag flag -> Reading.bad("sheet.cell.date-unknown", flag.text());
            case CellValue.Fault fault -> Reading.bad("sheet.cell.fault", fault.text());
        };
    }

    private static Reading readNumber(CellValue.Number number, LocalDate earliest, LocalDate latest) {
        String digits = number.text();
        if (SOLID.matcher(digits).matches() || NO_DAY.matcher(digits).matches()) return readText(digits, earliest, latest);
        LocalDateTime moment = SerialDates.moment(number.value(), false);
        if (moment == null || number.value().compareTo(BigDecimal.valueOf(10_000)) < 0)
            return Reading.bad("sheet.cell.date-unknown", digits);
        return bounded(moment.toLocalDate(), digits, earliest, latest);
    }

    private static Reading readText(String text, LocalDate earliest, LocalDate latest) {
        for (Pattern pattern : new Pattern[] {SIGNED, WORDED, SOLID}) {
            Matcher found = pattern.matcher(text);
            if (!found.matches()) continue;
            try {
                LocalDate day = LocalDate.of(
                        Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
                return bounded(day, text, earliest, latest);
            } catch (DateTimeException e) {
                return Reading.bad("sheet.cell.date-impossible", text);
            }
        }
        if (text.matches("\\d{5}")) return readNumber(new CellValue.Number(new BigDecimal(text), ""), earliest, latest);
        if (SHORT_YEAR.matcher(text).matches()) return Reading.bad("sheet.cell.date-short-year", text);
        if (NO_DAY.matcher(text).matches()) return Reading.bad("sheet.cell.date-no-day", text);
        return Reading.bad("sheet.cell.date-unknown", text);
    }

    private static Reading bounded(LocalDate day, String text, LocalDate earliest, LocalDate latest) {
        if (day.isBefore(earliest) || day.isAfter(latest)) return Reading.bad("sheet.cell.date-out-of-range", text, earliest, latest);
        return new Reading.Value(day.toString());
    }
}
