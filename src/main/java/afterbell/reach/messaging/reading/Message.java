package afterbell.reach.messaging.reading;

import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A notice as one person reads it. */
public record Message(UUID school, UUID id, String titleZh, String textZh, String titleEn, String textEn, String link, boolean urgent, Instant at, boolean read) {
    public String title(Screen screen) {
        return screen.lang().equals("en") ? titleEn : titleZh;
    }

    public List<String> paragraphs(Screen screen) {
        return (screen.lang().equals("en") ? textEn : textZh).lines().filter(l -> !l.isBlank()).toList();
    }

    public String href() {
        return "/inbox/" + id;
    }
}
