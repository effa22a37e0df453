package afterbell.base.shared.sheet;

/** Names of people: kept whole, judged with mercy. */
public final class PersonNames {
    private static final int LONGEST = 40;

    private PersonNames() {}

    public static String clean(String raw) {
        return CellText.name(raw);
    }

    public static Reading read(CellValue value) {
        if (value instanceof CellValue.Fault) return Reading.bad("sheet.cell.fault", value.text());
        String name = clean(value.text());
        if (name.isEmpty()) return Reading.BLANK;
        if (name.indexOf('\uFFFD') >= 0 || name.indexOf('?') >= 0 || name.indexOf('\u25A1') >= 0)
            return Reading.bad("sheet.cell.name-lost-character", name);
        return plausible(name) ? new Reading.Value(name) : Reading.bad("sheet.cell.name-unlikely", name);
    }

    /** Letters of any script, a middle dot, a blank, a dash or an apostrophe; between 1 and 40 characters; at least one letter. */
    static boolean plausible(String name) {
        int length = name.codePointCount(0, name.length());
        return length >= 1
                && length <= LONGEST
                && name.codePoints().anyMatch(Character::isLetter)
                && name.codePoints().allMatch(PersonNames::mayStand);
    }

    private static boolean mayStand(int point) {
        return Character.isLetter(point)
                || point == 0x00B7
                || point == ' '
                || point == '-'
                || point == '\''
                || point == '.'
                || Character.getType(point) == Character.NON_SPACING_MARK
                || Character.getType(point) == Character.PRIVATE_USE
                || point == 0x3007;
    }
}
