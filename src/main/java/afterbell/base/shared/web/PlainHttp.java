package afterbell.base.shared.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * A node for real families shows nothing over plain http, save on the machine itself: whoever sits on the school's network could read names and cookies
 * along the way, and phones allow neither offline pages nor camera nor passkeys. Runs before the access check.
 */
final class PlainHttp implements HandlerInterceptor {
    /** Traces of a proxy: then a loopback address says nothing about who asks. */
    private static final List<String> PROXY = List.of(TrustedProxies.FOR, TrustedProxies.PROTO, "Forwarded", "Via", "X-Real-IP");

    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    /** Why a request is not answered. */
    enum Reason {
        /** Plain http from another machine. */
        PLAIN,
        /** A proxy that is not listed speaks to us. */
        PROXY
    }

    /** Becomes the page that says why. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Reason reason;

        Refused(Reason reason) {
            super("plain http", null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.isSecure() || here(request)) return true;
        throw new Refused(proxied(request) ? Reason.PROXY : Reason.PLAIN);
    }

    // A name other than the machine's own means that a browser was led here, by a proxy or by a name server.
    private static boolean here(HttpServletRequest request) {
        return Networks.loopback(request.getRemoteAddr()) && !proxied(request) && HERE.contains(host(request));
    }

    private static boolean proxied(HttpServletRequest request) {
        return PROXY.stream().anyMatch(h -> request.getHeader(h) != null);
    }

    private static String host(HttpServletRequest request) {
        @Nullable String host = request.getHeader("Host");
        try {
            @Nullable String name = host == null ? null : URI.create("http://" + host).getHost();
            return name == null ? "" : name;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
