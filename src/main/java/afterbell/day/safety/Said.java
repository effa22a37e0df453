package afterbell.day.safety;

import afterbell.base.shared.web.Screen;
import java.util.Locale;

/** A text of a plan or checklist; where a school wrote it itself, one text stands for both languages. */
public record Said(String zh, String en) {
    public static Said own(String text) {
        return new Said(text, text);
    }

    public String in(Screen screen) {
        return screen.lang().equals("en") ? en : zh;
    }

    public String in(Locale locale) {
        return locale.getLanguage().equals("zh") ? zh : en;
    }
}
