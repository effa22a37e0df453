package afterbell.base.shared.sheet;

import java.text.Normalizer;

/** Text as typed by people and programs, made comparable without cutting or changing a character that belongs to a name. */
public final class CellText {
    private static final int FULL_WIDTH_FIRST = 0xFF01;
    private static final int FULL_WIDTH_LAST = 0xFF5E;
    private static final int IDEOGRAPHIC_SPACE = 0x3000;
    private static final int MIDDLE_DOT = 0x00B7;

    private CellText() {}

    /**
     * Full-width letters, digits and signs become plain, all sorts of blanks become one space, invisible characters vanish, radicals
     * copied from PDF files become the characters they look like. Works on code points: a character beyond the basic plane is never
     * cut.
     */
    public static String clean(String raw) {
        if (isPlain(raw)) return raw.strip();
        StringBuilder clean = new StringBuilder(raw.length());
        boolean gap = false;
        for (int i = 0; i < raw.length(); ) {
            int point = raw.codePointAt(i);
            i += Character.charCount(point);
            if (isInvisible(point)) continue;
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                boolean line = point == '\n';
                if (line) {
                    while (!clean.isEmpty() && clean.charAt(clean.length() - 1) == ' ') clean.setLength(clean.length() - 1);
                    if (!clean.isEmpty()) clean.append('\n');
                    gap = false;
                } else {
                    gap = !clean.isEmpty() && clean.charAt(clean.length() - 1) != '\n';
                }
                continue;
            }
            if (gap) clean.append(' ');
            gap = false;
            clean.append(Character.toString(plain(point)));
        }
        return clean.toString().strip();
    }

    /** A person's name: blanks between Chinese characters go, every kind of middle dot becomes one. */
    public static String name(String raw) {
        String clean = clean(raw).replace('\n', ' ');
        StringBuilder name = new StringBuilder(clean.length());
        for (int i = 0; i < clean.length(); ) {
            int point = clean.codePointAt(i);
            i += Character.charCount(point);
            if (isDot(point)) {
                trimEnd(name);
                name.appendCodePoint(MIDDLE_DOT);
            } else if (point == ' ') {
                boolean latinBefore = !name.isEmpty() && isLatin(name.codePointBefore(name.length()));
                boolean latinAfter = i < clean.length() && isLatin(clean.codePointAt(i));
                if (latinBefore && latinAfter) name.append(' ');
            } else {
                name.appendCodePoint(point);
            }
        }
        return name.toString();
    }

    /** For comparing header words: no blanks, no punctuation, small letters. */
    public static String key(String raw) {
        StringBuilder key = new StringBuilder(raw.length());
        clean(raw).codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(key::appendCodePoint);
        return key.toString();
    }

    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean ascii = c > ' ' && c < 0x7F;
            boolean han = c >= 0x4E00 && c <= 0x9FFF;
            if (!ascii && !han) return false;
        }
        return true;
    }

    private static int plain(int point) {
        if (point >= FULL_WIDTH_FIRST && point <= FULL_WIDTH_LAST) return point - FULL_WIDTH_FIRST + '!';
        if (point >= 0x2E80 && point <= 0x2FDF) return Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC).codePointAt(0);
        return point == IDEOGRAPHIC_SPACE ? ' ' : point;
    }

    /** Byte order marks, zero-width and direction marks, control characters; a variation selector belongs to its character. */
    private static boolean isInvisible(int point) {
        if (point == '\n' || point == '\t' || point == '\r') return point == '\r';
        int type = Character.getType(point);
        return type == Character.CONTROL || type == Character.FORMAT || point == 0xFFFE || point == 0xFFFF;
    }

    private static boolean isDot(int point) {
        return switch (point) {
            case 0x00B7, 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB, 0xFF65, 0x0387, 0x25CF -> true;
            default -> false;
        };
    }

    private static boolean isLatin(int point) {
        return Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN || point == '.' || point == '\'';
    }

    private static void trimEnd(StringBuilder text) {
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') text.setLength(text.length() - 1);
    }
}
