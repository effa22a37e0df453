package afterbell.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ScreenshotCaret;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One headless Chromium per test run. Every visit is a fresh context: no cookies of another test. */
public final class Browsers {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // Names under .test lead to this machine, so that a journey can run under a name as a school has one.
            "--host-resolver-rules=MAP *.test 127.0.0.1");
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private Browsers() {}

    private static final ThreadLocal<Page> LAST = new ThreadLocal<>();

    /** What the pages of this test's contexts show, for a person who wonders why a journey failed. */
    public static void photograph(Path folder, String name) {
        Page last = LAST.get();
        if (last == null) return;
        int n = 0;
        for (BrowserContext context : CHROMIUM.get().contexts())
            for (Page page : context.pages())
                page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + "-" + n++ + ".png")).setFullPage(true).setCaret(ScreenshotCaret.INITIAL));
    }

    /** Started by the first test that needs it. Playwright belongs to one thread, so each test thread has its own. */
    private static final ThreadLocal<Playwright> PLAYWRIGHT = ThreadLocal.withInitial(() -> Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));

    private static final ThreadLocal<Browser> CHROMIUM =
            ThreadLocal.withInitial(() -> PLAYWRIGHT.get().chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(binary()).setArgs(FLAGS)));

    private static Path binary() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no chromium: ./afterbell test says how to install it"));
    }

    /** A phone that remembers: closed and opened again on the same folder it is the same phone, with what its pages kept. */
    public static BrowserContext phone(String base, Path folder) {
        BrowserContext phone = PLAYWRIGHT
                .get()
                .chromium()
                .launchPersistentContext(
                        folder,
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(binary())
                                .setArgs(FLAGS)
                                .setBaseURL(base)
                                .setViewportSize(360, 740)
                                .setHasTouch(true)
                                .setLocale("zh-CN")
                                .setTimezoneId("Asia/Shanghai"));
        phone.setDefaultTimeout(15_000);
        return phone;
    }

    /** A page of a fresh visitor; what its console complains about lands in {@code complaints}. */
    public static Page open(String base, Look look, List<String> complaints) {
        boolean phone = look.width() < 640;
        BrowserContext context = CHROMIUM.get()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(base)
                        .setViewportSize(look.width(), phone ? 740 : 900)
                        .setHasTouch(phone)
                        .setIgnoreHTTPSErrors(base.startsWith("https:"))
                        .setLocale(look.lang().equals("en") ? "en-GB" : "zh-CN")
                        .setTimezoneId("Asia/Shanghai"));
        String manners = look.lang() + "." + (look.bigText() ? "big" : "plain") + "." + look.theme();
        context.addCookies(List.of(new Cookie("ab_manners", manners).setUrl(base)));
        return listened(context.newPage(), complaints);
    }

    public static Page open(String base, Look look) {
        return open(base, look, new ArrayList<>());
    }

    /** What a chat app's browser on an old phone says that it is. */
    private static final String CHAT_APP =
            "Mozilla/5.0 (Linux; Android 10; MED-AL00 Build/HUAWEIMED-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36 XWEB/5075 MMWEBSDK/20230303 MicroMessenger/8.0.34.2340(0x28002237) WeChat/arm64 Weixin NetType/4G Language/zh_CN";

    /** A phone's page inside a chat app: no service worker, no passkey, no download, no printing, no clipboard, no notification. */
    public static Page chatApp(String base, List<String> complaints) {
        BrowserContext context = CHROMIUM.get()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(base)
                        .setUserAgent(CHAT_APP)
                        .setViewportSize(360, 640)
                        .setIsMobile(true)
                        .setHasTouch(true)
                        .setDeviceScaleFactor(2)
                        .setAcceptDownloads(false)
                        .setServiceWorkers(ServiceWorkerPolicy.BLOCK)
                        .setIgnoreHTTPSErrors(true)
                        .setLocale("zh-CN")
                        .setTimezoneId("Asia/Shanghai"));
        context.addInitScript("""
                for (const gone of ['PublicKeyCredential', 'Notification', 'PushManager', 'print', 'showSaveFilePicker']) { try { delete window[gone]; } catch {} window[gone] = undefined; }
                for (const gone of ['serviceWorker', 'credentials', 'clipboard', 'share', 'mediaDevices']) try { Object.defineProperty(Navigator.prototype, gone, { get: () => undefined }); } catch {}
                """);
        return listened(context.newPage(), complaints);
    }

    private static Page listened(Page page, List<String> complaints) {
        LAST.set(page);
        page.setDefaultTimeout(10_000);
        page.onConsoleMessage(m -> {
            if (m.type().equals("error") || m.type().equals("warning")) complaints.add(m.text() + " " + m.location());
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** A file as the page itself would fetch it, with its name, certificate and session. */
    public static byte[] file(Page page, String address) {
        Object encoded = page.evaluate("""
                async address => {
                  const answer = await fetch(address);
                  if (!answer.ok) throw new Error(address + ' answers ' + answer.status);
                  let text = '';
                  for (const byte of new Uint8Array(await answer.arrayBuffer())) text += String.fromCharCode(byte);
                  return btoa(text); }""", address);
        return Base64.getDecoder().decode((String) encoded);
    }

    /** What axe finds, one line per rule with the first elements; empty for a clean page. */
    public static List<String> axe(Page page) {
        return new AxeBuilder(page)
                .withTags(RULES).analyze().getViolations().stream()
                        .map(v -> v.getId() + " (" + v.getImpact() + "): "
                                + v.getNodes().stream().limit(3).map(n -> String.valueOf(n.getTarget())).toList())
                        .toList();
    }

    /** Elements that stand out of the page at the right; a page never scrolls sideways. */
    @SuppressWarnings("unchecked")
    public static List<String> tooWide(Page page) {
        return (List<String>) page.evaluate("""
                () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
                  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll, .tabs'))
                  .slice(0, 5).map(e => e.tagName + '.' + e.className)""");
    }

    /** Things to tap that are smaller than 44 px (WCAG 2.2 and our own rule); links inside running text are excepted. */
    @SuppressWarnings("unchecked")
    public static List<String> tooSmall(Page page) {
        return (List<String>) page.evaluate("""
                () => [...document.querySelectorAll('button, select, summary, .btn, .place, .tab, input:not([type=hidden])')]
                  .filter(e => { const b = (e.closest('label') ?? e).getBoundingClientRect();
                    return b.width > 1 && b.height > 1 && getComputedStyle(e).visibility !== 'hidden' && !e.closest('.visually-hidden')
                      && (b.height < 43.5 || b.width < 43.5) && !e.closest('td, th'); })
                  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))""");
    }
}
