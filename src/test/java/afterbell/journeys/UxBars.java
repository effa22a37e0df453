package afterbell.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.testing.Hands;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bars of the screens that must be a joy: each is measured in a journey, and the report stands in {@code target/ux-bars.txt}. */
final class UxBars {
    private static final Path REPORT = Path.of("target/ux-bars.txt");

    private UxBars() {}

    /** @param most seconds that the bar allows */
    static void met(String what, double most, Hands.Effort effort) {
        say(what + ": " + effort + " of " + Math.round(most) + " s");
        assertThat(effort.seconds()).as(what + ": " + effort).isLessThanOrEqualTo(most);
    }

    /** @param most taps that the bar allows */
    static void taps(String what, int most, Hands.Effort effort) {
        say(what + ": " + effort + "; at most " + most + " taps");
        assertThat(effort.taps()).as(what + ": " + effort).isLessThanOrEqualTo(most);
    }

    /** The same, and the browser's own count of fingers agrees with the hand's. */
    static void taps(String what, int most, Hands.Effort effort, Page page) {
        taps(what, most, effort);
        assertThat(clicked(page)).as(what + ": what the browser counted").isEqualTo(effort.taps());
    }

    /** From here on the page counts each finger that comes down on it, over all pages of its tab. */
    static void count(Page page) {
        page.addInitScript("addEventListener('pointerdown', e => { if (e.isTrusted) sessionStorage.setItem('fingers', 1 + Number(sessionStorage.getItem('fingers'))); }, true)");
    }

    /** How often a finger came down since the last call. */
    static int clicked(Page page) {
        return ((Number) page.evaluate("() => { const n = Number(sessionStorage.getItem('fingers')); sessionStorage.removeItem('fingers'); return n; }")).intValue();
    }

    /** A time of this machine, for whoever reads the report; no bar. */
    static void said(String what, long millis) {
        say(what + ": " + millis + " ms on this machine");
    }

    private static void say(String line) {
        System.out.println("UX " + line);
        try {
            Files.createDirectories(REPORT.getParent());
            Files.writeString(REPORT, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
