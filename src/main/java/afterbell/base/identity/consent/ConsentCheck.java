package afterbell.base.identity.consent;

import afterbell.base.identity.Consents;
import afterbell.base.identity.Consents.Decided;
import afterbell.base.identity.Consents.Decision;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Leads a guardian to the question of consent before the first page about a child, and keeps the pages of a child shut whose guardian said no. Runs
 * after the access check; costs no statement while the answer is remembered.
 */
@Configuration(proxyBeanMethods = false)
class ConsentCheck implements WebMvcConfigurer, HandlerInterceptor {
    private static final int AFTER_ACCESS = 100;
    private final Consents consents;

    ConsentCheck(Consents consents) {
        this.consents = consents;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/assets/**").order(AFTER_ACCESS);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        @Nullable Person person = Caller.person(request);
        if (person == null || !asks(request) || Consents.guarded(person).isEmpty()) return true;
        Map<UUID, Decided> decided = consents.of(person);
        boolean open = Consents.guarded(person).stream().allMatch(g -> decided.containsKey(g.pupil()));
        boolean shut = child(request).map(decided::get).map(d -> d.decision() != Decision.GIVEN).orElse(false);
        if (open && !shut) return true;
        if (request.getRequestURI().startsWith("/api/")) throw new Forbidden();
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        String back = request.getMethod().equals("GET") && !shut ? request.getRequestURI() : "/";
        response.setHeader("Location", "/consent?back=" + URLEncoder.encode(back, StandardCharsets.UTF_8));
        return false;
    }

    // Pages of the family hat, and the first page.
    private static boolean asks(HttpServletRequest request) {
        @Nullable Wearer wearer = Caller.wearer(request);
        return wearer == null ? request.getRequestURI().equals("/") : wearer.hat() == Hat.FAMILY;
    }

    private static Optional<UUID> child(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> places && places.get("child") instanceof String id ? Ids.parse(id) : Optional.empty();
    }
}
