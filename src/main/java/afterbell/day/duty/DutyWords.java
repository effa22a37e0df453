package afterbell.day.duty;

import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.reach.messaging.Words;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Writes notices in both languages where a fact is itself a word of the message files, as the name of a post is. */
@Component
public class DutyWords {
    private final Offscreen offscreen;

    DutyWords(Offscreen offscreen) {
        this.offscreen = offscreen;
    }

    /** @param key of the sentences {@code key.title} and {@code key.text} */
    public Words of(String key, Function<Screen, Object[]> facts) {
        Screen chinese = offscreen.screen(Locale.SIMPLIFIED_CHINESE, "");
        Screen english = offscreen.screen(Locale.ENGLISH, "");
        return new Words.Written(
                chinese.t(key + ".title", facts.apply(chinese)), chinese.t(key + ".text", facts.apply(chinese)), english.t(key + ".title", facts.apply(english)), english.t(key + ".text", facts.apply(english)));
    }

    /** About one post: its day, its name and its hours are the facts 0, 1 and 2; what else there is follows. */
    public Words of(String key, Line line, Object... more) {
        return of(key, s -> {
            Object[] all = new Object[3 + more.length];
            all[0] = s.date(line.post().day());
            all[1] = line.label(s);
            all[2] = line.hours();
            System.arraycopy(more, 0, all, 3, more.length);
            return all;
        });
    }
}
