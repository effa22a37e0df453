package afterbell.app.serving;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.testing.Certificates;
import afterbell.testing.Node;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.json.JsonMapper;

/** One real node from its first start to its stop: HTTPS, the set-up by the code on the console, the log, the figures, a new certificate, the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServeIT {
    private static final String CANARY = "\u6797\u91d1\u4e1d\u96c0";
    private static final Pattern CODE = Pattern.compile("type this code: (\\S+)");
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    static Path home;
    static Node node;
    static String base;
    static String serial;
    static HttpClient keeper = client();
    static String token = "";

    @BeforeAll
    static void start() throws IOException {
        home = Files.createTempDirectory("afterbell-serve-");
        serial = Certificates.make(home, "school.example", 30);
        Path settings = Files.writeString(home.resolve("node.properties"), """
                afterbell.tls.certificate=%1$s/cert.pem
                afterbell.tls.key=%1$s/key.pem
                afterbell.metrics.token=of-nobody
                afterbell.drain=3
                """.formatted(home));
        node = Node.start(home, Map.of("AFTERBELL_METRICS_TOKEN", "figures"), "serve", "--port", "0", "--data", home.resolve("data").toString(), "--settings", settings.toString());
        base = "https://127.0.0.1:" + node.ready();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().sslContext(Certificates.trusting()).cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
        try {
            HttpResponse<String> r = http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            Matcher m = TOKEN.matcher(r.body());
            if (m.find()) token = m.group(1);
            return r;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> get(HttpClient http, String path) {
        return send(http, HttpRequest.newBuilder(URI.create(base + path)).header("Accept-Language", "zh-CN"));
    }

    private static HttpResponse<String> post(HttpClient http, String path, Map<String, String> form) {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("_csrf", token);
        StringBuilder body = new StringBuilder();
        all.forEach((k, v) -> body.append(body.isEmpty() ? "" : "&").append(k).append('=').append(URLEncoder.encode(v, StandardCharsets.UTF_8)));
        return send(http, HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private static Map<String, String> typed() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("school", "\u80b2\u624d\u5b66\u6821" + CANARY);
        form.put("code", "yucai");
        form.put("kind", "nine-year");
        form.put("region", "370102");
        form.put("setting", "urban");
        form.put("ownership", "public");
        form.put("phone", "0531-8000000");
        form.put("campuses", "\u4e1c\u6821\u533a\n\u897f\u6821\u533a");
        form.put("bureau", "\u6d4b\u8bd5\u533a\u6559\u80b2\u5c40");
        form.put("officerName", CANARY);
        form.put("officerUser", "district");
        form.put("officerPassword", "another-long-phrase");
        form.put("name", CANARY);
        form.put("user", "office");
        form.put("password", "long-enough-words");
        form.put("again", "long-enough-words");
        return form;
    }

    @Test
    @Order(1)
    void answers_over_https_with_strict_headers_and_secure_cookies() {
        assertThat(get(keeper, "/health").statusCode()).isEqualTo(200);
        HttpResponse<String> page = get(keeper, "/sign-in");
        assertThat(page.headers().firstValue("Strict-Transport-Security").orElse("")).startsWith("max-age=31536000");
        assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty().allMatch(c -> c.contains("; Secure") && c.contains("HttpOnly") && c.contains("SameSite=Lax"));
    }

    @Test
    @Order(2)
    void an_empty_node_leads_to_its_set_up_and_the_code_of_the_console_alone_opens_it() {
        assertThat(get(keeper, "/").headers().firstValue("Location")).contains("/setup");
        assertThat(get(keeper, "/setup").body()).contains("\u8bbe\u7f6e\u7801");
        assertThat(post(keeper, "/setup", typed()).headers().firstValue("Location")).as("without the code").contains("/setup");
        assertThat(post(keeper, "/setup/code", Map.of("code", "AAAA-BBBB-CCCC")).statusCode()).isEqualTo(422);
        Matcher code = CODE.matcher(node.err());
        assertThat(code.find()).isTrue();
        assertThat(node.out()).as("the code is a secret and in no log").doesNotContain(code.group(1));
        assertThat(post(keeper, "/setup/code", Map.of("code", code.group(1).toLowerCase(java.util.Locale.ROOT).replace("-", " "))).statusCode()).isEqualTo(303);
        assertThat(get(keeper, "/setup").body()).contains("name=\"region\"");
    }

    @Test
    @Order(3)
    void what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
        Map<String, String> wrong = typed();
        wrong.put("region", "37");
        wrong.put("again", "other");
        wrong.put("officerUser", "office");
        HttpResponse<String> answer = post(keeper, "/setup", wrong);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("f-region-fault", "f-again-fault", "f-officerUser-fault", CANARY, "\u897f\u6821\u533a").doesNotContain("long-enough-words", "another-long-phrase");
    }

    @Test
    @Order(4)
    void the_school_is_made_once_and_its_office_is_signed_in() {
        assertThat(post(keeper, "/setup", typed()).headers().firstValue("Location")).contains("/setup/next");
        HttpResponse<String> next = get(keeper, "/setup/next");
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).contains("/imports", "/families", "/calendar/terms/new", CANARY);
        assertThat(get(keeper, "/places/campuses").body()).contains("\u4e1c\u6821\u533a", "\u897f\u6821\u533a");
        assertThat(get(client(), "/setup").statusCode()).isEqualTo(404);
        assertThat(get(keeper, "/setup").statusCode()).isEqualTo(404);
        assertThat(post(keeper, "/setup", typed()).statusCode()).isEqualTo(404);
        assertThat(post(keeper, "/setup/code", Map.of("code", "x")).statusCode()).isEqualTo(404);
        assertThat(get(client(), "/").headers().firstValue("Location")).contains("/sign-in");
    }

    @Test
    @Order(5)
    void the_first_account_signs_in_with_its_password() {
        HttpClient other = client();
        get(other, "/sign-in");
        assertThat(post(other, "/sign-in", Map.of("user", "office", "password", "long-enough-words")).headers().firstValue("Location")).contains("/");
        assertThat(get(other, "/").statusCode()).isEqualTo(200);
        // The bureau's account as well; its role waits for the second factor.
        HttpClient officer = client();
        get(officer, "/sign-in");
        assertThat(post(officer, "/sign-in", Map.of("user", "district", "password", "another-long-phrase")).statusCode()).isEqualTo(303);
        assertThat(get(officer, "/bureau/schools").headers().firstValue("Location").orElse("")).contains("second-factor");
        assertThat(get(other, "/bureau/schools").statusCode()).isEqualTo(403);
    }

    @Test
    @Order(6)
    void figures_are_for_whoever_shows_the_token_and_the_environment_goes_before_the_file() {
        assertThat(get(keeper, "/metrics").statusCode()).isEqualTo(404);
        assertThat(metrics("of-nobody").statusCode()).isEqualTo(404);
        get(keeper, "/find/" + URLEncoder.encode(CANARY, StandardCharsets.UTF_8) + "?phone=13800138000");
        HttpResponse<String> figures = metrics("figures");
        assertThat(figures.statusCode()).isEqualTo(200);
        assertThat(figures.body()).contains("jvm_memory_used_bytes", "hikaricp_connections", "http_server_requests_seconds_count").doesNotContain(CANARY, "13800138000", URLEncoder.encode(CANARY, StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> metrics(String secret) {
        return send(keeper, HttpRequest.newBuilder(URI.create(base + "/metrics")).header("Authorization", "Bearer " + secret));
    }

    @Test
    @Order(7)
    void a_changed_certificate_is_taken_up_without_a_restart() throws InterruptedException {
        assertThat(shown()).isEqualTo(serial);
        String renewed = Certificates.make(home, "school.example", 60);
        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!shown().equals(renewed) && System.nanoTime() < until) Thread.sleep(500);
        assertThat(shown()).isEqualTo(renewed);
        assertThat(get(client(), "/health").statusCode()).isEqualTo(200);
    }

    private static String shown() {
        return send(client(), HttpRequest.newBuilder(URI.create(base + "/health"))).sslSession().map(s -> {
            try {
                return ((X509Certificate) s.getPeerCertificates()[0]).getSerialNumber().toString();
            } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
                throw new IllegalStateException(e);
            }
        }).orElseThrow();
    }

    @Test
    @Order(8)
    void a_stop_first_says_so_then_ends_what_runs_and_the_database_last() throws Exception {
        node.terminate();
        long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        int health = 200;
        while (health == 200 && System.nanoTime() < until) {
            Thread.sleep(50);
            health = get(keeper, "/health").statusCode();
        }
        assertThat(health).isEqualTo(503);
        assertThat(get(keeper, "/sign-in").statusCode()).as("still served while a balancer takes notice").isEqualTo(200);
        assertThat(node.ended()).isEqualTo(143);
        assertThat(Files.readString(home.resolve("data/database.log")).strip()).endsWith("database system is shut down");
        assertThat(home.resolve("data/pg18/postmaster.pid")).doesNotExist();
    }

    @Test
    @Order(9)
    void the_log_is_one_json_object_a_line_and_nobodys_name_is_in_it() {
        List<String> lines = node.out().lines().toList();
        assertThat(lines).isNotEmpty().allSatisfy(l -> assertThat(JsonMapper.builder().build().readTree(l).path("level").asString()).isNotEmpty());
        assertThat(node.out()).doesNotContain(CANARY, "13800138000", "long-enough-words", URLEncoder.encode(CANARY, StandardCharsets.UTF_8));
    }

    @Test
    @Order(10)
    void what_cannot_start_says_why_and_ends_with_its_code() throws IOException {
        Certificates.make(Files.createDirectories(home.resolve("old")), "school.example", -10);
        assertThat(said(2, Map.of("AFTERBELL_TLS_CERTIFICATE", home + "/old/cert.pem", "AFTERBELL_TLS_KEY", home + "/old/key.pem"))).contains("expired on");
        assertThat(said(2, Map.of("AFTERBELL_TLS_CERTIFICATE", home + "/cert.pem", "AFTERBELL_TLS_KEY", home + "/old/key.pem"))).contains("does not belong to the certificate");
        assertThat(said(2, Map.of("AFTERBELL_TLS_CERTIFICATE", home + "/cert.pem"))).contains("afterbell.tls.key is not");
        assertThat(said(2, Map.of("AFTERBELL_PROXIES", "proxy.example"))).contains("proxy.example");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(said(3, Map.of("AFTERBELL_PORT", Integer.toString(taken.getLocalPort())))).contains("is taken by another program");
        }
    }

    @Test
    @Order(11)
    void over_plain_http_only_this_machine_is_answered_and_others_read_why() {
        try (Node plain = Node.start(home, Map.of(), "serve", "--port", "0", "--data", home.resolve("data").toString())) {
            String here = "http://127.0.0.1:" + plain.ready();
            assertThat(plain.err()).contains("on this machine alone").doesNotContain("type this code");
            assertThat(send(client(), HttpRequest.newBuilder(URI.create(here + "/sign-in"))).statusCode()).isEqualTo(200);
            HttpResponse<String> page = send(client(), HttpRequest.newBuilder(URI.create(here + "/sign-in")).header("X-Forwarded-For", "203.0.113.9").header("X-Forwarded-Proto", "https").header("Accept-Language", "en"));
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("This address cannot be used yet", "AFTERBELL_PROXIES").doesNotContain("password");
            HttpResponse<String> program = send(client(), HttpRequest.newBuilder(URI.create(here + "/api/v1/me")).header("X-Forwarded-For", "203.0.113.9"));
            assertThat(program.statusCode()).isEqualTo(403);
            assertThat(program.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(send(client(), HttpRequest.newBuilder(URI.create(here + "/health")).header("X-Forwarded-For", "203.0.113.9")).statusCode()).isEqualTo(200);
        }
    }

    private static String said(int code, Map<String, String> environment) {
        Node failing = Node.start(home, environment, "serve", "--data", home.resolve("data").toString());
        assertThat(failing.ended()).as(failing.err()).isEqualTo(code);
        return failing.err();
    }
}
