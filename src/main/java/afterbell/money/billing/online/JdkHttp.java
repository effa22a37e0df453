package afterbell.money.billing.online;

import com.wechat.pay.java.core.auth.Credential;
import com.wechat.pay.java.core.auth.Validator;
import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.http.AbstractHttpClient;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.OriginalResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lets the WeChat Pay library speak through the JDK's client, with our time-outs and to the address that is set. What is signed is the path alone. */
final class JdkHttp extends AbstractHttpClient {
    private final HttpClient http;
    private final URI base;
    private final Duration patience;

    JdkHttp(HttpClient http, URI base, Duration patience, Credential credential, Validator validator) {
        super(credential, validator);
        this.http = http;
        this.base = base;
        this.patience = patience;
    }

    @Override
    protected OriginalResponse innerExecute(HttpRequest asked) {
        HttpResponse<byte[]> answer = send(asked);
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> {
            headers.put(name, values.getFirst());
            // The library looks for the names as they stand in its documents.
            headers.put(titled(name), values.getFirst());
        });
        return new OriginalResponse.Builder()
                .request(asked)
                .headers(headers)
                .statusCode(answer.statusCode())
                .contentType(answer.headers().firstValue("Content-Type").orElse(null))
                .body(new String(answer.body(), StandardCharsets.UTF_8))
                .build();
    }

    private static String titled(String name) {
        StringBuilder titled = new StringBuilder(name.length());
        boolean start = true;
        for (char c : name.toCharArray()) {
            titled.append(start ? Character.toUpperCase(c) : c);
            start = c == '-';
        }
        return titled.toString();
    }

    @Override
    protected InputStream innerDownload(HttpRequest asked) {
        HttpResponse<byte[]> answer = send(asked);
        if (answer.statusCode() != 200) throw new HttpException("the download", new IOException("answered " + answer.statusCode()));
        return new ByteArrayInputStream(answer.body());
    }

    private HttpResponse<byte[]> send(HttpRequest asked) {
        URI uri = asked.getUri();
        URI to = base.resolve(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(to).timeout(patience);
        asked.getHeaders().getHeaders().forEach((name, value) -> {
            if (value != null && !name.equalsIgnoreCase("Content-Length") && !name.equalsIgnoreCase("Host")) request.setHeader(name, value);
        });
        @Nullable String body = asked.getBody() instanceof JsonRequestBody json ? json.getBody() : null;
        if (body != null) request.setHeader("Content-Type", "application/json");
        request.method(asked.getHttpMethod().name(), body == null ? java.net.http.HttpRequest.BodyPublishers.noBody() : java.net.http.HttpRequest.BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new HttpException("the channel did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpException("interrupted", e);
        }
    }

    @Override
    protected String getHttpClientInfo() {
        return "JDK";
    }
}
