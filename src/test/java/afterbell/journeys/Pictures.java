package afterbell.journeys;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotCaret;
import com.microsoft.playwright.options.ScreenshotScale;
import java.nio.file.Path;

/** Pictures of the journey for readme and handbooks, in {@code target/pictures}; {@code docs/pictures/make} copies them to where they are shown. */
final class Pictures {
    private Pictures() {}

    /** What the eye sees without scrolling. */
    static void take(Page page, String name) {
        page.evaluate("document.activeElement?.blur(); document.querySelector('.toast')?.remove()");
        // Hiding the caret would put a style on each field, which a swap at the same moment carries on and the page's policy then reports.
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/pictures", name + ".png")).setScale(ScreenshotScale.CSS).setCaret(ScreenshotCaret.INITIAL));
    }

    /** The same, from a thing on the page downwards. */
    static void take(Page page, String name, String from) {
        page.locator(from).first().evaluate("e => window.scrollTo(0, e.getBoundingClientRect().top + scrollY - 80)");
        take(page, name);
    }
}
