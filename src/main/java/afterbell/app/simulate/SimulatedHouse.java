package afterbell.app.simulate;

import afterbell.Afterbell;
import afterbell.base.identity.How;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.MasterKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The whole house on a folder of its own, with a real database and a real port. Its clock stands still and moves only by the simulation's steps, and nothing in
 * it runs by itself: what the jobs of a real house do at their hours, the simulation does at simulated ones.
 */
final class SimulatedHouse implements AutoCloseable {
    private static final String QUIET = "applicationEventMulticaster";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Whoever has not used the house for so long signs in again. */
    private static final Duration SIGNED_IN = Duration.ofMinutes(20);

    private final Path folder;
    private final ApplicationContextInitializer<ConfigurableApplicationContext> more;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).build();
    private final Map<UUID, SignedIn> signedIn = new HashMap<>();
    private ServletWebServerApplicationContext context;
    private Instant now = Instant.EPOCH;

    /** @param more what a test puts into the house besides, for example a planted bug */
    SimulatedHouse(ApplicationContextInitializer<ConfigurableApplicationContext> more) {
        this.more = more;
        try {
            folder = Files.createTempDirectory("afterbell-simulate-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context = open();
    }

    private ServletWebServerApplicationContext open() {
        SpringApplication app = new SpringApplication(Afterbell.class);
        app.setLogStartupInfo(false);
        app.setDefaultProperties(Map.of(
                "server.port", 0,
                "server.address", "127.0.0.1",
                "logging.threshold.console", "off",
                "afterbell.second-factor", false,
                "afterbell.database.data", folder.resolve("data").toString(),
                "afterbell.key-file", folder.resolve("keys").resolve("simulate.key").toString()));
        app.addInitializers((ConfigurableApplicationContext c) -> c.getBeanFactory().registerSingleton(QUIET, new NothingByItself(c)), (ConfigurableApplicationContext c) -> more.initialize(c));
        return (ServletWebServerApplicationContext) app.run();
    }

    /** Jobs begin when the house is ready; here it never says so. */
    private static final class NothingByItself extends SimpleApplicationEventMulticaster {
        NothingByItself(ConfigurableApplicationContext context) {
            super(context.getBeanFactory());
        }

        @Override
        public void multicastEvent(ApplicationEvent event, @org.jspecify.annotations.Nullable ResolvableType type) {
            if (!(event instanceof ApplicationReadyEvent)) super.multicastEvent(event, type);
        }
    }

    /** The node goes down and comes back on the same data. */
    void restart() {
        context.close();
        context = open();
        at(now);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> Collection<T> all(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    Instant now() {
        return now;
    }

    /** Time passes to this moment. */
    void at(Instant moment) {
        now = moment;
        bean(ShiftableClock.class).holdAt(moment);
    }

    /** Work of the house itself in one school. */
    <T> T in(UUID school, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(school, null), () -> bean(TransactionTemplate.class).execute(t -> work.get())));
    }

    void run(UUID school, Runnable work) {
        in(school, () -> {
            work.run();
            return true;
        });
    }

    /** A call of a use case by a member of staff. */
    <T> T as(UUID school, UUID account, Supplier<T> work) {
        return Scopes.within(Scope.school(school, account), work);
    }

    /** @param location where the answer leads to; empty for a page */
    record Answer(int status, String body, String location) {}

    private record SignedIn(String cookie, Instant at) {}

    private String cookie(UUID account) {
        SignedIn before = signedIn.get(account);
        if (before == null || before.at().plus(SIGNED_IN).isBefore(now)) before = new SignedIn(bean(Sessions.class).open(account, How.PASSWORD, false, "simulation"), now);
        signedIn.put(account, before);
        return before.cookie();
    }

    /** A form of a signed-in person. */
    Answer post(UUID account, String path, Map<String, String> form) {
        String cookie = cookie(account);
        String body = Stream.concat(form.entrySet().stream(), Stream.of(Map.entry("_csrf", token(cookie))))
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answered(HttpRequest.newBuilder(address(path))
                .header("Cookie", Sessions.COOKIE + "=" + cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** A page, as a signed-in person opens it. */
    Answer get(UUID account, String path) {
        return answered(HttpRequest.newBuilder(address(path)).header("Cookie", Sessions.COOKIE + "=" + cookie(account)).GET());
    }

    /** What a device sends, with its own key. */
    Answer device(String key, String path, String json) {
        return answered(HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + key).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + Objects.requireNonNull(context.getWebServer()).getPort() + path);
    }

    /** A file, as a signed-in person takes it. */
    byte[] file(UUID account, String path) {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address(path)).header("Cookie", Sessions.COOKIE + "=" + cookie(account)).GET(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) throw new IllegalStateException(path + " answered " + answer.statusCode());
        return answer.body();
    }

    private Answer answered(HttpRequest.Builder request) {
        HttpResponse<String> answer = send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body(), answer.headers().firstValue("Location").orElse(""));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.timeout(PATIENCE).header("Accept-Language", "zh-CN").build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Nobody stays signed in over night. */
    void signOut() {
        signedIn.clear();
    }

    /** The token as a page carries it: a mask of its length, here zeros, and the token under it. */
    private String token(String cookie) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bean(MasterKey.class).derive("csrf"), "HmacSHA256"));
            byte[] plain = HexFormat.of().formatHex(mac.doFinal(cookie.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.UTF_8);
            byte[] both = new byte[plain.length * 2];
            System.arraycopy(plain, 0, both, plain.length, plain.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder);
        }
    }
}
