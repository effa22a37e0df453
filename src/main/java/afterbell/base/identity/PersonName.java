package afterbell.base.identity;

import java.text.Normalizer;

/** Names of people as they type them: blanks trimmed and joined, composed characters, nothing else touched. */
public final class PersonName {
    public static final int LONGEST = 40;

    private PersonName() {}

    public static String clean(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFC).replaceAll("\\p{Cntrl}", "").replaceAll("[\\s\\u3000]+", " ").strip();
    }

    public static boolean good(String name) {
        return !name.isEmpty() && name.length() <= LONGEST && name.codePoints().anyMatch(Character::isLetter);
    }

    /** Equal where people would call it the same name: without blanks, dots and case. */
    public static boolean same(String a, String b) {
        return bare(a).equals(bare(b));
    }

    private static String bare(String name) {
        return clean(name).replaceAll("[\\s\\u00B7\\u2022.]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** For a page that a lost slip might show to a stranger: the first character and the last, stars between. */
    public static String masked(String name) {
        int length = name.codePointCount(0, name.length());
        if (length <= 1) return name;
        String first = name.substring(0, name.offsetByCodePoints(0, 1));
        String last = length == 2 ? "" : name.substring(name.offsetByCodePoints(0, length - 1));
        return first + "*".repeat(Math.max(1, length - 2)) + last;
    }
}
