package afterbell.app;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Afterbell;
import afterbell.app.demo.DemoCards;
import afterbell.testing.Browsers;
import afterbell.testing.Look;
import afterbell.testing.TestDatabase;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/** Each role walks the demo world from its first page: every kind of page that it can reach is whole, accessible, and fits a phone. */
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "afterbell.demo=true")
@ContextConfiguration(initializers = TestDatabase.class)
class DemoCrawlJourneyIT {
    private static final int MOST_PAGES = 40;

    @Autowired
    ServletWebServerApplicationContext context;

    static Stream<Arguments> visits() {
        return DemoCards.CARDS.stream()
                .flatMap(card -> Stream.of(Arguments.of(card.role(), Look.PHONE), Arguments.of(card.role(), Look.DESK.english())))
                .filter(a -> a.get()[1] == Look.PHONE || List.of("OFFICE", "CLASS_TEACHER", "GUARDIAN").contains((String) a.get()[0]));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void every_kind_of_page_is_whole_and_accessible(String role, Look look) {
        List<String> complaints = new ArrayList<>();
        Page page = Browsers.open("http://127.0.0.1:" + context.getWebServer().getPort(), look, complaints);
        page.navigate("/sign-in");
        page.locator("form:has(input[name=user][value=" + DemoCards.of(role).user() + "]) button").first().click();
        page.waitForLoadState();
        List<String> faults = new ArrayList<>();
        Set<String> kinds = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(List.of("/"));
        while (!todo.isEmpty() && kinds.size() < MOST_PAGES) {
            String path = todo.poll();
            if (!kinds.add(kind(path))) continue;
            @Nullable Response response = page.navigate(path);
            if (response == null || response.status() != 200) {
                faults.add(path + " answers " + (response == null ? "nothing" : response.status()));
                continue;
            }
            // As tall as the page: else bars that stick to the thumb lie over fields that a person would scroll up, and axe calls those too small.
            page.setViewportSize(look.width(), Math.min(15_000, ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue() + 200));
            Browsers.axe(page).forEach(f -> faults.add(path + ": " + f));
            Browsers.tooWide(page).forEach(f -> faults.add(path + " is too wide: " + f));
            if (page.content().matches("(?s).*\\?[a-z]+\\.[a-z_.]+\\?.*")) faults.add(path + " has a key without words");
            page.setViewportSize(look.width(), look.width() < 640 ? 740 : 900);
            if (page.title().isBlank()) faults.add(path + " has no title");
            links(page).stream().filter(l -> !kinds.contains(kind(l))).forEach(todo::add);
        }
        complaints.forEach(c -> faults.add("console: " + c));
        page.context().close();
        assertThat(faults).as(role + " saw " + kinds).isEmpty();
    }

    /** Pages of one kind differ in ids, codes, dates and queries alone. */
    private static String kind(String path) {
        return path.replaceAll("\\?.*", "").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}").replaceAll("/\\d+", "/{n}").replaceAll("\\d{4}-\\d\\d-\\d\\d", "{day}");
    }

    @SuppressWarnings("unchecked")
    private static List<String> links(Page page) {
        List<String> all = (List<String>) page.evaluate("[...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.getAttribute('href'))");
        return all.stream()
                .map(l -> l.replaceAll("#.*", ""))
                .filter(l -> l.startsWith("/") && !l.startsWith("//") && !l.matches(".*\\.(xlsx|pdf|png|ics|zip|csv|json)(\\?.*)?$") && !l.matches(".*/(picture|download|file|poster\\.png)(\\?.*)?$"))
                .toList();
    }
}
