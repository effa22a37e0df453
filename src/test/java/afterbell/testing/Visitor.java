package afterbell.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Somebody with a browser's cookies but no browser: gets pages, posts their forms with the token that the page carried. Follows no redirect by itself. */
public final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NEVER).build();
    private final String base;
    private String token = "";

    Visitor(String base) {
        this.base = base;
    }

    /** Somebody at a house that runs elsewhere. @param base its address without a path */
    public static Visitor at(String base) {
        return new Visitor(base);
    }

    /** Makes visitors of the running test house. */
    public static final class Maker {
        private final ServletWebServerApplicationContext context;

        Maker(ServletWebServerApplicationContext context) {
            this.context = context;
        }

        public String base() {
            return "http://127.0.0.1:" + context.getWebServer().getPort();
        }

        public Visitor stranger() {
            return new Visitor(base());
        }

        public Visitor signedIn(String user) {
            return signedIn(user, GivenSchool.PASSWORD);
        }

        public Visitor signedIn(String user, String password) {
            Visitor v = stranger();
            v.get("/sign-in");
            HttpResponse<String> r = v.post("/sign-in", Map.of("user", user, "password", password));
            if (r.statusCode() != 303) throw new AssertionError("sign-in of " + user + " answered " + r.statusCode());
            v.get("/");
            return v;
        }
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header("Accept-Language", "zh-CN").GET());
    }

    /** Posts a form with the token of the page seen last. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("_csrf", token);
        StringBuilder body = new StringBuilder();
        all.forEach((k, v) -> body.append(body.isEmpty() ? "" : "&").append(encode(k)).append('=').append(encode(v)));
        return postRaw(path, body.toString());
    }

    /** Posts a form that is answered with a file, with the token of the page seen last. */
    public byte[] file(String path, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("_csrf", token);
        StringBuilder body = new StringBuilder();
        all.forEach((k, v) -> body.append(body.isEmpty() ? "" : "&").append(encode(k)).append('=').append(encode(v)));
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/x-www-form-urlencoded").header("Accept-Language", "zh-CN").POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts a form body as written, for repeated fields; the token is added. */
    public HttpResponse<String> postRaw(String path, String body) {
        String whole = body.contains("_csrf=") ? body : body + (body.isEmpty() ? "" : "&") + "_csrf=" + encode(token);
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept-Language", "zh-CN")
                .POST(HttpRequest.BodyPublishers.ofString(whole)));
    }

    /** Posts a form with files, as a browser does; the token is added. @param files contents by file name, all of one field */
    public HttpResponse<String> postFiles(String path, Map<String, String> fields, String field, Map<String, byte[]> files) {
        String boundary = "afterbell-boundary";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("_csrf", token);
        all.forEach((k, v) -> body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + k + "\"\r\n\r\n" + v + "\r\n").getBytes(StandardCharsets.UTF_8)));
        files.forEach((name, content) -> {
            body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .header("Accept-Language", "zh-CN")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** The file that a form answers with. */
    public byte[] bytes(String path, Map<String, String> fields) {
        StringBuilder body = new StringBuilder("_csrf=" + encode(token));
        fields.forEach((k, v) -> body.append('&').append(encode(k)).append('=').append(encode(v)));
        try {
            return http.send(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(body.toString())).build(), HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Any other method with a JSON body, with the cookies of a browser. */
    public HttpResponse<String> send(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    public String token() {
        return token;
    }

    public HttpClient http() {
        return http;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> r = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Matcher m = TOKEN.matcher(r.body());
            if (m.find()) token = m.group(1);
            return r;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String encode(String s) {
        return URLEncoder.encode(s, StandardCharsets.UTF_8);
    }
}
