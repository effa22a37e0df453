package afterbell.app.serving;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.web.Networks;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Figures for Prometheus: for whoever shows the token of the settings, or where none is set, for programs on this machine. For others there is nothing here. */
@RestController
final class MetricsController {
    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");
    private static final Networks HERE = Networks.of("127.0.0.0/8 ::1");

    private final PrometheusMeterRegistry registry;
    private final String token;

    MetricsController(PrometheusMeterRegistry registry, @Value("${afterbell.metrics.token:}") String token) {
        this.registry = registry;
        this.token = token;
    }

    @OpenToAll
    @GetMapping("/metrics")
    ResponseEntity<String> metrics(HttpServletRequest request) {
        if (!(token.isEmpty() ? here(request) : shown(request))) throw new NotFound();
        return ResponseEntity.ok().contentType(TEXT).body(registry.scrape("text/plain;version=0.0.4"));
    }

    // Behind a proxy everybody seems to be on this machine.
    private static boolean here(HttpServletRequest request) {
        return HERE.hold(request.getRemoteAddr()) && request.getHeader("X-Forwarded-For") == null && request.getHeader("Forwarded") == null;
    }

    private boolean shown(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && MessageDigest.isEqual(header.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
