package afterbell.testing;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A person's hands and eyes on one page: they tap, type, scroll and read through Playwright, and each act is counted. Seconds are computed from the
 * counts by a keystroke-level model (Card, Moran and Newell 1980, with times of touch screens), never clocked: a slow test machine changes nothing.
 * The figures are those of a slow hand, documented in {@code docs/how/tests.md}.
 */
public final class Hands {
    /** Deciding what to do next, before every act. */
    private static final double THINK = 1.35;
    /** Pointing and pressing, with a finger or with a mouse. */
    private static final double TAP = 1.3;
    /** One screenful. */
    private static final double SCROLL = 0.6;
    /** A new page stands, and the eyes find its beginning. */
    private static final double PAGE = 1.5;
    /** A name written with a finger. */
    private static final double SIGN = 4;
    /** Characters a second, of a text that is skimmed for what matters. */
    private static final double READ = 10;

    private final Page page;
    private final boolean phone;
    private int taps;
    private int keys;
    private int fields;
    private int screens;
    private int scrolls;
    private int signatures;
    private int characters;
    private int decisions;

    private Hands(Page page) {
        this.page = page;
        this.phone = page.viewportSize().width < 640;
        page.onFrameNavigated(f -> {
            if (f.equals(page.mainFrame())) screens++;
        });
    }

    public static Hands on(Page page) {
        return new Hands(page);
    }

    /**
     * @param seconds by the model
     */
    public record Effort(int taps, int keys, int fields, int screens, int scrolls, int signatures, int characters, double seconds) {
        public static Effort sum(List<Effort> parts) {
            Effort all = new Effort(0, 0, 0, 0, 0, 0, 0, 0);
            for (Effort e : parts)
                all = new Effort(
                        all.taps + e.taps, all.keys + e.keys, all.fields + e.fields, all.screens + e.screens, all.scrolls + e.scrolls, all.signatures + e.signatures, all.characters + e.characters, all.seconds + e.seconds);
            return all;
        }

        /** And the page on which it began, which stood there when counting began. */
        public Effort andAPage() {
            return new Effort(taps, keys, fields, screens + 1, scrolls, signatures, characters, seconds + PAGE);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d taps, %d keys in %d fields, %d screens, %d scrolls, %d signatures, %d characters read: %.0f s", taps, keys, fields, screens, scrolls, signatures, characters, seconds);
        }
    }

    public Page page() {
        return page;
    }

    /** Comes by a link or a QR picture. */
    public Hands open(String address) {
        page.navigate(address);
        Whole.onArrival(page);
        return this;
    }

    public Hands tap(String selector) {
        return tap(page.locator(selector).first());
    }

    public Hands tap(Locator what) {
        reach(what);
        taps++;
        what.click();
        return this;
    }

    /** Taps what leads to another page, and waits for it. */
    public Hands go(String selector) {
        return go(page.locator(selector).first());
    }

    public Hands go(Locator what) {
        reach(what);
        taps++;
        page.waitForNavigation(() -> what.click());
        page.waitForLoadState();
        Whole.onArrival(page);
        return this;
    }

    /** Types into a field; a Chinese character is three keys on a phone's keyboard. */
    public Hands type(String selector, String text) {
        Locator field = page.locator(selector).first();
        reach(field);
        fields++;
        taps++;
        keys += text.codePoints().map(c -> c > 0x2e80 ? 3 : 1).sum();
        field.fill(text);
        return this;
    }

    /** Chooses from a list that the browser shows: one tap opens it, one chooses. */
    public Hands choose(String selector, String value) {
        Locator list = page.locator(selector).first();
        reach(list);
        fields++;
        taps += 2;
        list.selectOption(value);
        return this;
    }

    /** Keys that walk through a grid, one each. */
    public Hands press(String key) {
        keys++;
        page.keyboard().press(key);
        return this;
    }

    /** Fills one list of a grid by the keyboard: decides, presses the key that jumps to the word, and walks on with Enter. */
    public Hands pick(Locator list, String value) {
        fields++;
        decisions++;
        keys += 2;
        list.selectOption(value);
        return this;
    }

    public Hands file(String selector, Path file) {
        fields++;
        taps += 3;
        page.locator(selector).first().setInputFiles(file);
        return this;
    }

    /** Writes a name with a finger. */
    public Hands sign(String canvas) {
        Locator pad = page.locator(canvas).first();
        reach(pad);
        pad.scrollIntoViewIfNeeded();
        BoundingBox box = Objects.requireNonNull(pad.boundingBox());
        Mouse m = page.mouse();
        for (int stroke = 0; stroke < 3; stroke++) {
            double x = box.x + box.width * (0.2 + 0.25 * stroke);
            m.move(x, box.y + box.height * 0.3);
            m.down();
            m.move(x + 30, box.y + box.height * 0.5);
            m.move(x + 10, box.y + box.height * 0.7);
            m.up();
        }
        signatures++;
        return this;
    }

    public Hands read(String selector) {
        characters += page.locator(selector).first().innerText().replaceAll("\\s", "").length();
        return this;
    }

    /** Scrolls through all that is meant and reads each. */
    public Hands lookAt(Locator all) {
        for (Locator one : all.all()) {
            reach(one);
            characters += one.innerText().replaceAll("\\s", "").length();
        }
        return this;
    }

    /** Scrolls as a hand would, so that a thing that lies far down costs what it costs. */
    private void reach(Locator what) {
        Object far = what.evaluate("""
                e => { const b = e.getBoundingClientRect(); const h = innerHeight;
                       if (b.bottom <= h && b.top >= 0 || getComputedStyle(e).position === 'fixed' || e.closest('.actionbar')) return 0;
                       return Math.ceil((b.top < 0 ? -b.top : b.bottom - h) / (h * 0.8)); }""");
        scrolls += ((Number) far).intValue();
        what.scrollIntoViewIfNeeded();
    }

    /** What it took since the last call, or since the beginning. */
    public Effort effort() {
        double seconds = taps * (THINK + TAP) + decisions * THINK + keys * (phone ? 0.5 : 0.28) + screens * PAGE + scrolls * SCROLL + signatures * SIGN + characters / READ;
        Effort all = new Effort(taps, keys, fields, screens, scrolls, signatures, characters, seconds);
        taps = keys = fields = screens = scrolls = signatures = characters = decisions = 0;
        return all;
    }
}
