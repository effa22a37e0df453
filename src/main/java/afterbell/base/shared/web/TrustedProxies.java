package afterbell.base.shared.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Believes {@code X-Forwarded-For} and {@code X-Forwarded-Proto} of listed proxies and of nobody else. The caller is the last address of the chain that
 * is no listed proxy: what stands before it, the caller may have written itself. The host never comes from a header, see {@link PublicAddress}.
 */
final class TrustedProxies extends OncePerRequestFilter {
    static final String FOR = "X-Forwarded-For";
    static final String PROTO = "X-Forwarded-Proto";

    private final Networks proxies;

    TrustedProxies(Networks proxies) {
        this.proxies = proxies;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        boolean listed = proxies.hold(request.getRemoteAddr());
        chain.doFilter(listed ? new Forwarded(request, caller(request), scheme(request)) : request, response);
    }

    private String caller(HttpServletRequest request) {
        List<String> chain = all(request, FOR);
        for (String hop : chain.reversed()) if (!proxies.hold(hop)) return hop;
        return chain.isEmpty() ? request.getRemoteAddr() : chain.getFirst();
    }

    // Several proxies in a row: one plain stretch makes the whole way plain.
    private static String scheme(HttpServletRequest request) {
        List<String> schemes = all(request, PROTO);
        return schemes.isEmpty() ? request.getScheme() : schemes.stream().allMatch("https"::equals) ? "https" : "http";
    }

    private static List<String> all(HttpServletRequest request, String header) {
        @Nullable String joined = request.getHeader(header);
        return joined == null ? List.of() : Arrays.stream(joined.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    private static final class Forwarded extends HttpServletRequestWrapper {
        private final String caller;
        private final String scheme;

        Forwarded(HttpServletRequest request, String caller, String scheme) {
            super(request);
            this.caller = caller;
            this.scheme = scheme;
        }

        @Override
        public String getRemoteAddr() {
            return caller;
        }

        @Override
        public String getRemoteHost() {
            return caller;
        }

        @Override
        public String getScheme() {
            return scheme;
        }

        @Override
        public boolean isSecure() {
            return scheme.equals("https");
        }
    }
}
