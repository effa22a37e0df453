package afterbell.reach.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** A signed POST to another system: follows no redirect, reads no answer but its status, and calls nothing inside the own network unless that is meant. */
@Component
public final class SignedCall {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HookSettings settings;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER).build();

    @Autowired
    public SignedCall(HookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Why an address can't be called: a code, or null where it can. */
    public @Nullable String wrong(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            return "hook_address";
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) return "hook_address";
        return scheme.equals("https") || scheme.equals("http") && settings.inside() ? null : "hook_address";
    }

    /** Signs and sends. The name is resolved at each call: an address that moves into the own network is not called. */
    public Handed post(String address, String secret, UUID delivery, String body) {
        return wrong(address) == null ? post(URI.create(address), secret, delivery, body, settings.inside()) : new Handed.Never("hook_address");
    }

    /** The same to an address out of the node's own settings, which may lie in the own network. */
    Handed postOwn(String address, String secret, UUID delivery, String body) {
        return post(URI.create(address), secret, delivery, body, true);
    }

    private Handed post(URI uri, String secret, UUID delivery, String body, boolean anywhere) {
        try {
            if (!anywhere) for (InetAddress a : InetAddress.getAllByName(uri.getHost())) if (inside(a)) return new Handed.Never("hook_inside");
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json; charset=utf-8")
                    .header("User-Agent", "Afterbell")
                    .header("Afterbell-Delivery", delivery.toString())
                    .header(Signed.HEADER, Signed.header(secret, clock.instant(), body))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            int status = answer.statusCode();
            if (status >= 200 && status < 300) return new Handed.Sent();
            return status == 410 ? new Handed.Never("hook_gone") : new Handed.Later("hook_answer");
        } catch (IOException e) {
            return new Handed.Later("no_answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Handed.Later("no_answer");
        }
    }

    private static boolean inside(InetAddress a) {
        byte[] raw = a.getAddress();
        boolean unique = raw.length == 16 && (raw[0] & 0xFE) == 0xFC;
        boolean shared = raw.length == 4 && raw[0] == 100 && (raw[1] & 0xC0) == 64;
        return a.isLoopbackAddress() || a.isAnyLocalAddress() || a.isLinkLocalAddress() || a.isSiteLocalAddress() || a.isMulticastAddress() || unique || shared;
    }
}
