package afterbell.base.shared.sheet;

/** Text as XML 1.0 may carry it: characters that would make the whole file unreadable are dropped. */
final class XmlText {
    private XmlText() {}

    static String legal(String text) {
        if (text.codePoints().allMatch(XmlText::isLegal)) return text;
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().filter(XmlText::isLegal).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
