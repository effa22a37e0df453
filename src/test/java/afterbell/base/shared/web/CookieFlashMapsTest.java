package afterbell.base.shared.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.FlashMap;
import tools.jackson.databind.json.JsonMapper;

class CookieFlashMapsTest {
    private final CookieFlashMaps maps = new CookieFlashMaps(JsonMapper.builder().build());

    @Test
    void what_was_done_is_told_on_the_next_page_and_only_there() {
        FlashMap done = new FlashMap();
        done.put(Pages.FLASH, new Pages.Flash("enrolment.saved", List.of("三2", 4)));
        MockHttpServletRequest post = new MockHttpServletRequest("POST", "/sheet");
        MockHttpServletResponse answer = new MockHttpServletResponse();
        maps.saveOutputFlashMap(done, post, answer);
        Cookie kept = answer.getCookie(CookieFlashMaps.COOKIE);
        assertThat(kept).isNotNull();

        MockHttpServletRequest next = new MockHttpServletRequest("GET", "/sheet");
        next.setCookies(kept);
        MockHttpServletResponse page = new MockHttpServletResponse();
        FlashMap seen = maps.retrieveAndUpdate(next, page);
        assertThat((Object) seen).isNotNull();
        assertThat(seen.get(Pages.FLASH)).isEqualTo(new Pages.Flash("enrolment.saved", List.of("三2", "4")));
        assertThat(page.getCookie(CookieFlashMaps.COOKIE)).as("forgotten with the page that shows it").extracting(Cookie::getMaxAge).isEqualTo(0);
    }

    @Test
    void the_last_of_two_sentences_is_told() {
        MockHttpServletResponse first = new MockHttpServletResponse();
        maps.saveOutputFlashMap(flash("a"), new MockHttpServletRequest("POST", "/sheet"), first);
        MockHttpServletRequest second = new MockHttpServletRequest("POST", "/sheet");
        second.setCookies(first.getCookie(CookieFlashMaps.COOKIE));
        MockHttpServletResponse answer = new MockHttpServletResponse();
        maps.saveOutputFlashMap(flash("b"), second, answer);
        MockHttpServletRequest next = new MockHttpServletRequest("GET", "/sheet");
        next.setCookies(answer.getCookie(CookieFlashMaps.COOKIE));
        FlashMap seen = maps.retrieveAndUpdate(next, new MockHttpServletResponse());
        assertThat(seen == null ? null : seen.get(Pages.FLASH)).isEqualTo(new Pages.Flash("b", List.of()));
    }

    @Test
    void a_cookie_that_somebody_wrote_is_ignored() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.setCookies(new Cookie(CookieFlashMaps.COOKIE, "bm90IGpzb24"));
        assertThat((Object) maps.retrieveAndUpdate(request, new MockHttpServletResponse())).isNull();
    }

    private static FlashMap flash(String key) {
        FlashMap map = new FlashMap();
        map.put(Pages.FLASH, new Pages.Flash(key, List.of()));
        return map;
    }
}
