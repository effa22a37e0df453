package afterbell.base.shared.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.AbstractFlashMapManager;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the sentence after a done act in a short cookie: a message key and plain facts, so that no node keeps a session in memory. */
final class CookieFlashMaps extends AbstractFlashMapManager {
    static final String COOKIE = "ab_flash";
    private static final Duration AGE = Duration.ofSeconds(30);
    private final JsonMapper json;

    CookieFlashMaps(JsonMapper json) {
        this.json = json;
    }

    record Kept(String key, List<String> facts) {}

    @Override
    protected @Nullable List<FlashMap> retrieveFlashMaps(HttpServletRequest request) {
        String value = Cookies.value(request, COOKIE);
        if (value.isEmpty()) return null;
        try {
            Kept kept = json.readValue(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8), Kept.class);
            FlashMap map = new FlashMap();
            map.startExpirationPeriod((int) AGE.toSeconds());
            map.put(Pages.FLASH, new Pages.Flash(kept.key(), List.copyOf(kept.facts())));
            return new ArrayList<>(List.of(map)); // the caller takes out what it has shown
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** The last sentence counts; none left means that the page now being drawn has shown it. */
    @Override
    protected void updateFlashMaps(List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
        if (maps.isEmpty() || !(maps.getLast().get(Pages.FLASH) instanceof Pages.Flash f)) {
            Cookies.clear(request, response, COOKIE);
            return;
        }
        Kept kept = new Kept(f.key(), f.facts().stream().map(String::valueOf).toList());
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsString(kept).getBytes(StandardCharsets.UTF_8));
        Cookies.set(request, response, COOKIE, text, AGE);
    }
}
