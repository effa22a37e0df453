package afterbell.base.shared.sheet;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that name a person. A number that Excel has rounded is refused with the way to repair it, never completed by guess. */
public final class Identifiers {
    private static final Pattern EXPONENT = Pattern.compile("(\\d)(?:\\.(\\d+))?[Ee]\\+?(\\d{1,2})");
    private static final Pattern IDENTITY = Pattern.compile("\\d{17}[\\dX]");
    private static final Pattern OTHER_REGISTRATION = Pattern.compile("[JL][0-9A-Z]{18,19}");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Identifiers() {}

    /** The digits of a cell as text: whole numbers keep theirs, an exponent is undone only when no digit was lost. */
    public static Reading digits(CellValue value) {
        if (value instanceof CellValue.Number number) {
            if (number.damaged()) return Reading.bad("sheet.cell.number-damaged", number.text());
            if (number.value().stripTrailingZeros().scale() > 0) return Reading.bad("sheet.cell.not-whole", number.text());
            return new Reading.Value(number.text());
        }
        String text = CellText.clean(value.text());
        Matcher exponent = EXPONENT.matcher(text);
        if (!exponent.matches()) return Reading.of(text);
        int digits = 1 + (exponent.group(2) == null ? 0 : exponent.group(2).length());
        if (digits < Integer.parseInt(exponent.group(3)) + 1) return Reading.bad("sheet.cell.number-damaged", text);
        return new Reading.Value(new BigDecimal(text.toUpperCase(Locale.ROOT)).toPlainString());
    }

    /** Eighteen characters with the checksum of GB 11643. */
    public static Reading identity(CellValue value) {
        return digits(value).then(Identifiers::identity);
    }

    /** The national pupil number: G and a valid identity number; J or L and eighteen or nineteen characters for those without one. */
    public static Reading registration(CellValue value) {
        return digits(value).then(raw -> {
            String text = compact(raw);
            if (IDENTITY.matcher(text).matches()) text = "G" + text;
            if (text.startsWith("G")) {
                Reading number = identity(text.substring(1));
                return number.then(valid -> new Reading.Value("G" + valid));
            }
            if (OTHER_REGISTRATION.matcher(text).matches()) return new Reading.Value(text);
            return Reading.bad("sheet.cell.registration-unknown", raw);
        });
    }

    static Reading identity(String raw) {
        String text = compact(raw);
        if (text.matches("\\d{15}")) return Reading.bad("sheet.cell.identity-old", raw);
        if (text.length() != 18) return Reading.bad("sheet.cell.identity-length", raw, text.length());
        if (!IDENTITY.matcher(text).matches()) return Reading.bad("sheet.cell.identity-signs", raw);
        try {
            LocalDate.of(
                    Integer.parseInt(text.substring(6, 10)),
                    Integer.parseInt(text.substring(10, 12)),
                    Integer.parseInt(text.substring(12, 14)));
        } catch (DateTimeException e) {
            return Reading.bad("sheet.cell.identity-date", raw);
        }
        if (checksum(text) != text.charAt(17)) return Reading.bad("sheet.cell.identity-checksum", raw);
        return new Reading.Value(text);
    }

    /** The last character that belongs to the first seventeen digits. */
    static char checksum(String digits) {
        int sum = 0;
        for (int i = 0; i < 17; i++) sum += (digits.charAt(i) - '0') * WEIGHTS[i];
        return "10X98765432".charAt(sum % 11);
    }

    private static String compact(String raw) {
        return CellText.clean(raw).replaceAll("[\\s\\-']", "").toUpperCase(Locale.ROOT);
    }
}
