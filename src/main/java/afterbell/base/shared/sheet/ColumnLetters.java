package afterbell.base.shared.sheet;

/** Columns as Excel names them: A, B, ... Z, AA, ... */
public final class ColumnLetters {
    private ColumnLetters() {}

    /** The letters of a column counted from 0. */
    public static String of(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(0, (char) ('A' + (rest - 1) % 26));
        return letters.toString();
    }

    /** The column, counted from 0, of letters A to ZZZ. */
    public static int index(String letters) {
        int index = 0;
        for (int i = 0; i < letters.length(); i++) index = index * 26 + (letters.charAt(i) - 'A' + 1);
        return index - 1;
    }
}
