package afterbell.base.rules;

import java.util.Locale;

/** A wording that comes from a data file, in Chinese and in English. */
public record Bilingual(String zh, String en) {
    public static final Bilingual NONE = new Bilingual("", "");

    public String in(Locale locale) {
        return locale.getLanguage().equals("en") && !en.isEmpty() ? en : zh;
    }

    /** @param lang as {@code Screen.lang()} gives it */
    public String in(String lang) {
        return in(Locale.forLanguageTag(lang));
    }

    public boolean isEmpty() {
        return zh.isEmpty() && en.isEmpty();
    }
}
