package afterbell.base.shared.sheet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A merged region; rows from 1, columns from 0, both ends included. */
record Merge(int firstRow, int lastRow, int firstColumn, int lastColumn) {
    private static final Pattern REFERENCE = Pattern.compile("\\$?([A-Z]{1,3})\\$?(\\d{1,7}):\\$?([A-Z]{1,3})\\$?(\\d{1,7})");

    static @Nullable Merge parse(@Nullable String reference) {
        if (reference == null) return null;
        Matcher found = REFERENCE.matcher(reference);
        if (!found.matches()) return null;
        return new Merge(
                Integer.parseInt(found.group(2)),
                Integer.parseInt(found.group(4)),
                ColumnLetters.index(found.group(1)),
                ColumnLetters.index(found.group(3)));
    }
}
