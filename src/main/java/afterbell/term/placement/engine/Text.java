package afterbell.term.placement.engine;

import java.util.Comparator;

/** Order of identifiers as text: by code point, which is also the byte order of UTF-8. */
public final class Text {
    public static final Comparator<String> ORDER = Text::compare;

    private Text() {}

    private static int compare(String left, String right) {
        int shared = Math.min(left.length(), right.length());
        for (int i = 0; i < shared; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean oneIsRare = Character.isSurrogate(a) != Character.isSurrogate(b);
                return oneIsRare ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
