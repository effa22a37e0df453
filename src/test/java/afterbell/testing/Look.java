package afterbell.testing;

/**
 * How a person looks at a page.
 *
 * @param width in CSS pixels; below 640 a phone that is touched
 * @param theme light or dark
 * @param lang zh or en
 */
public record Look(int width, String theme, boolean bigText, String lang) {
    public static final Look PHONE = new Look(360, "light", false, "zh");
    public static final Look DESK = new Look(1280, "light", false, "zh");

    public Look dark() {
        return new Look(width, "dark", bigText, lang);
    }

    public Look big() {
        return new Look(width, theme, true, lang);
    }

    public Look english() {
        return new Look(width, theme, bigText, "en");
    }
}
