package afterbell.base.shared.web;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where people reach this house from outside, for links in messages and QR pictures. A setting ({@code afterbell.address}), never the Host header of a
 * request, which anybody can write. Without the setting it is this machine alone, good for a demonstration.
 */
@Component
public final class PublicAddress {
    private final String set;
    private volatile String here = "http://127.0.0.1";

    PublicAddress(@Value("${afterbell.address:}") String set) {
        this.set = set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
    }

    @EventListener
    void opened(WebServerInitializedEvent event) {
        here = "http://127.0.0.1:" + event.getWebServer().getPort();
    }

    /** False where links would lead nowhere but to this machine; pages that hand out links say so. */
    public boolean known() {
        return !set.isEmpty();
    }

    /** @param path a path of this application, from its first slash */
    public URI of(String path) {
        return URI.create((set.isEmpty() ? here : set) + LocalPath.of(path));
    }
}
