package afterbell.app.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Opens the roll screen as a mid-range phone on a slow network does, and without one. What the figures mean is in bench/roll-screen. */
@Command(name = "roll-screen", description = "Milliseconds until the roll screen shows on a slow phone, and without a network.", mixinStandardHelpOptions = true)
public final class RollScreenBench implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOWER = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--url", required = true, description = "of a running node, for example http://127.0.0.1:8080")
    private String url = "";

    @Option(names = "--user", defaultValue = "teacher", description = "somebody with a roll today (teacher)")
    private String user = "teacher";

    @Option(names = "--password", defaultValue = "afterbell-demo", description = "of the demo world (afterbell-demo)")
    private String password = "afterbell-demo";

    @Option(names = "--times", defaultValue = "5", description = "openings of each kind (5)")
    private int times = 5;

    @Option(names = "--browser", defaultValue = "/usr/bin/chromium", description = "Chromium (/usr/bin/chromium)")
    private Path browser = Path.of("/usr/bin/chromium");

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        PrintWriter out = spec.commandLine().getOut();
        Path profile = Files.createTempDirectory("afterbell-bench-");
        Process chromium = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Tab tab = Tab.of(port(profile));
            String roll = signIn(tab);
            out.printf(Locale.ROOT, "%-12s %8s %8s%n", "opening", "first ms", "worst ms");
            slow(tab, false);
            print(out, "first visit", opened(tab, roll, true));
            print(out, "usual", opened(tab, roll, false));
            slow(tab, true);
            print(out, "no network", opened(tab, roll, false));
        } finally {
            chromium.destroy();
            chromium.waitFor();
            try (Stream<Path> all = Files.walk(profile)) {
                for (Path p : all.sorted((a, b) -> b.compareTo(a)).toList()) Files.deleteIfExists(p);
            }
        }
        return 0;
    }

    private static int port(Path profile) throws IOException, InterruptedException {
        Path said = profile.resolve("DevToolsActivePort");
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            if (Files.exists(said)) {
                List<String> lines = Files.readAllLines(said);
                if (!lines.isEmpty()) return Integer.parseInt(lines.getFirst());
            }
            Thread.sleep(50);
        }
        throw new IOException("the browser did not start");
    }

    /** @return the address of a roll that the phone has kept */
    private String signIn(Tab tab) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        tab.send("Page.enable", Map.of());
        tab.send("Emulation.setDeviceMetricsOverride", Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
        tab.go(url + "/sign-in");
        tab.loadedBy("document.querySelector('#f-user').value = " + JSON.writeValueAsString(user) + "; document.querySelector('#f-password').value = " + JSON.writeValueAsString(password) + "; document.querySelector('#sign-in button[type=submit]').click()");
        tab.go(url + "/afternoon");
        String kept = tab.ask("""
                new Promise(done => { const look = () => {
                  if (document.querySelector('[data-queue][data-kept=yes]') && navigator.serviceWorker.controller) done(document.querySelector('a[href$="/roll-call"]')?.getAttribute('href') ?? '');
                  else setTimeout(look, 100); }; look(); })""");
        if (kept.isEmpty()) throw new IOException(user + " has no roll today");
        return url + kept;
    }

    private static void slow(Tab tab, boolean gone) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        tab.send("Network.enable", Map.of());
        tab.send("Network.emulateNetworkConditions", Map.of("offline", gone, "latency", 562.5, "downloadThroughput", 1_440_000 / 8, "uploadThroughput", 675_000 / 8));
        tab.send("Emulation.setCPUThrottlingRate", Map.of("rate", SLOWER));
    }

    private List<Double> opened(Tab tab, String roll, boolean empty) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<Double> all = new ArrayList<>();
        tab.send("Network.setBypassServiceWorker", Map.of("bypass", empty));
        for (int i = 0; i < times; i++) {
            if (empty) tab.send("Network.clearBrowserCache", Map.of());
            tab.go(roll);
            all.add(Double.parseDouble(tab.ask("""
                    new Promise(done => { const look = () => { const first = performance.getEntriesByName('first-contentful-paint')[0];
                      if (first && document.querySelector('.roll-child, .empty')) done(String(first.startTime)); else setTimeout(look, 20); }; look(); })""")));
        }
        return all.stream().sorted().toList();
    }

    private static void print(PrintWriter out, String name, List<Double> sorted) {
        out.printf(Locale.ROOT, "%-12s %8.0f %8.0f%n", name, sorted.get(sorted.size() / 2), sorted.getLast());
        out.flush();
    }

    /** One page of the browser, spoken to in its own protocol. */
    private static final class Tab implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
        private final AtomicInteger ids = new AtomicInteger();
        private final StringBuilder heard = new StringBuilder();
        private volatile CompletableFuture<Boolean> loaded = new CompletableFuture<>();
        private @Nullable WebSocket socket;

        static Tab of(int port) throws IOException, InterruptedException {
            HttpClient http = HttpClient.newHttpClient();
            HttpResponse<String> pages = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build(), HttpResponse.BodyHandlers.ofString());
            for (JsonNode page : JSON.readTree(pages.body()))
                if (page.path("type").asString().equals("page")) {
                    Tab tab = new Tab();
                    tab.socket = http.newWebSocketBuilder().buildAsync(URI.create(page.path("webSocketDebuggerUrl").asString()), tab).join();
                    return tab;
                }
            throw new IOException("the browser has no page");
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            heard.append(part);
            if (last) {
                JsonNode message = JSON.readTree(heard.toString());
                heard.setLength(0);
                CompletableFuture<JsonNode> waits = asked.remove(message.path("id").asInt(-1));
                if (waits != null) waits.complete(message);
                if (message.path("method").asString("").equals("Page.loadEventFired")) loaded.complete(true);
            }
            from.request(1);
            return null;
        }

        JsonNode send(String method, Map<String, ?> params) throws IOException, InterruptedException, ExecutionException, TimeoutException {
            int id = ids.incrementAndGet();
            CompletableFuture<JsonNode> answer = new CompletableFuture<>();
            asked.put(id, answer);
            WebSocket open = socket;
            if (open == null) throw new IOException("not connected");
            open.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", params)), true).join();
            JsonNode said = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (said.has("error")) throw new IOException(method + ": " + said.path("error").path("message").asString(""));
            return said.path("result");
        }

        void go(String address) throws IOException, InterruptedException, ExecutionException, TimeoutException {
            loaded = new CompletableFuture<>();
            send("Page.navigate", Map.of("url", address));
            loaded.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        void loadedBy(String script) throws IOException, InterruptedException, ExecutionException, TimeoutException {
            loaded = new CompletableFuture<>();
            send("Runtime.evaluate", Map.of("expression", script));
            loaded.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        String ask(String script) throws IOException, InterruptedException, ExecutionException, TimeoutException {
            return send("Runtime.evaluate", Map.of("expression", script, "awaitPromise", true, "returnByValue", true)).path("result").path("value").asString("");
        }
    }
}
