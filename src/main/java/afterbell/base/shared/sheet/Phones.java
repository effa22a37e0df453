package afterbell.base.shared.sheet;

import java.util.regex.Pattern;

/**
 * Telephone numbers. Canonical: eleven digits for a mobile of the mainland, area code and number joined by a dash for a fixed line,
 * {@code +} with country code for others.
 */
public final class Phones {
    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern FIXED = Pattern.compile("(0(?:10|2\\d|[3-9]\\d{2}))-?(\\d{7,8})(?:-?(?:ext)?(\\d{1,5}))?");
    private static final Pattern FOREIGN = Pattern.compile("\\+(?!86)\\d{7,15}");
    private static final Pattern EXPONENT = Pattern.compile("\\d(?:\\.\\d+)?[Ee]\\+?\\d+");

    private Phones() {}

    public static Reading read(CellValue value) {
        if (value instanceof CellValue.Fault) return Reading.bad("sheet.cell.fault", value.text());
        Reading digits = Identifiers.digits(value);
        if (!(digits instanceof Reading.Value known)) return digits;
        return read(known.text());
    }

    public static Reading read(String raw) {
        String text = CellText.clean(raw).replaceAll("[\\s().\\u2010-\\u2015]", "");
        if (EXPONENT.matcher(text).matches()) return Reading.bad("sheet.cell.number-damaged", raw);
        String joined = text.replace("-", "");
        String local = joined.replaceFirst("^(?:\\+86|0086|86(?=1[3-9]\\d{9}$))", "");
        if (MOBILE.matcher(local).matches()) return new Reading.Value(local);
        var fixed = FIXED.matcher(text.replaceFirst("^(?:\\+86|0086)-?", ""));
        if (fixed.matches())
            return new Reading.Value(fixed.group(1) + "-" + fixed.group(2) + (fixed.group(3) == null ? "" : "-" + fixed.group(3)));
        if (FOREIGN.matcher(joined).matches()) return new Reading.Value(joined);
        if (local.matches("1\\d{5,13}")) return Reading.bad("sheet.cell.phone-length", raw, local.length());
        return Reading.bad("sheet.cell.phone-unknown", raw);
    }
}
