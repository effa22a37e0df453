package afterbell.testing;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a page is one that anybody can use: accessible and not wider than the screen, on a phone and on a desk. The whole run asks it of each kind of page that
 * a journey comes to, once; the usual run leaves that to the walk of the demo world.
 */
public final class Whole {
    private static final boolean ASKED = "none".equals(System.getProperty("test.excluded"));
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final int TALLEST = 15_000;

    private Whole() {}

    /** @throws AssertionError naming what is wrong, where and at which width */
    static void onArrival(Page page) {
        // What a page says for a few seconds is for whoever acted; it is looked at when it comes without.
        if (!ASKED || page.locator(".toast").count() > 0 || !SEEN.add(kind(page.url()))) return;
        ViewportSize as = page.viewportSize();
        Object scrolled = page.evaluate("scrollY");
        List<String> faults = new ArrayList<>();
        for (Look look : List.of(Look.PHONE, Look.DESK)) faults(page, look.width()).forEach(f -> faults.add(page.url() + " at " + look.width() + ": " + f));
        page.setViewportSize(as.width, as.height);
        page.evaluate("y => scrollTo(0, y)", scrolled);
        if (!faults.isEmpty()) throw new AssertionError(String.join("\n", faults));
    }

    /** What is wrong with a page at a width. It is made as tall as it is long: else bars that stick to the thumb lie over fields that a person would scroll up. */
    public static List<String> faults(Page page, int width) {
        page.setViewportSize(width, 900);
        page.setViewportSize(width, Math.min(TALLEST, ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue() + 200));
        List<String> faults = new ArrayList<>(Browsers.axe(page));
        Browsers.tooWide(page).forEach(f -> faults.add("too wide: " + f));
        if (page.content().matches("(?s).*\\?[a-z]+\\.[a-z_.]+\\?.*")) faults.add("a key without words");
        if (page.title().isBlank()) faults.add("no title");
        return faults;
    }

    /** Pages of one kind have one address but for what they are about, and are asked for the same things. */
    private static String kind(String url) {
        URI uri = URI.create(url.replaceAll("[^!-~]", "_").replaceAll("[\\[\\]{}|^\"<>`\\\\]", "_"));
        String path = Stream.of(uri.getPath().split("/")).map(part -> part.matches(".*[0-9].{11,}|[0-9-]+") ? "*" : part).collect(Collectors.joining("/"));
        String query = uri.getQuery() == null ? "" : Stream.of(uri.getQuery().split("&")).map(p -> p.replaceAll("=[^a-z].*", "")).sorted().collect(Collectors.joining("&"));
        return path + "?" + query;
    }
}
