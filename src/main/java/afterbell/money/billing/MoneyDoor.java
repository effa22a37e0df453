package afterbell.money.billing;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * At a school that does not charge no page of this room is there (C7): asked once before each of its handlers, from memory, after the roles were asked. Pages open to
 * all, of the bureau, and of channels that tell of payments have no such school behind them.
 */
@Configuration(proxyBeanMethods = false)
class MoneyDoor implements WebMvcConfigurer, HandlerInterceptor {
    private static final String ROOM = MoneyDoor.class.getPackageName();

    private final ChargingSchools charging;

    MoneyDoor(@Lazy ChargingSchools charging) {
        this.charging = charging;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // After the access check, whose answer it reads.
        registry.addInterceptor(this).order(100);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || !method.getBeanType().getName().startsWith(ROOM)) return true;
        @Nullable Wearer me = Caller.wearer(request);
        if (me == null || me.hat() != Hat.STAFF && me.hat() != Hat.FAMILY || free(method)) return true;
        Optional<UUID> child = me.hat() == Hat.FAMILY ? child(request) : Optional.empty();
        if (!child.map(c -> charging.charge(me.schoolOf(c))).orElseGet(() -> charging.charge(me))) throw new NotFound();
        return true;
    }

    private static boolean free(HandlerMethod method) {
        return method.hasMethodAnnotation(BeforeCharging.class) || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), BeforeCharging.class);
    }

    /** The child in a family's address, whose school decides: another child of the family may go to one that charges. */
    private static Optional<UUID> child(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) || !(variables.get("child") instanceof String text)) return Optional.empty();
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
