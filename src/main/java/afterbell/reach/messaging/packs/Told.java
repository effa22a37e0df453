package afterbell.reach.messaging.packs;

import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A notice as the school told it. @param audience SCHOOL, GRADE, CLASS, CHILDREN, STAFF or PEOPLE */
public record Told(UUID id, String titleZh, String textZh, String titleEn, String textEn, boolean urgent, String audience, boolean forGroup, Instant at) {
    public String title(Screen screen) {
        return screen.lang().equals("en") ? titleEn : titleZh;
    }

    public String text(Screen screen) {
        return screen.lang().equals("en") ? textEn : textZh;
    }

    public List<String> paragraphs(Screen screen) {
        return text(screen).lines().filter(l -> !l.isBlank()).toList();
    }
}
