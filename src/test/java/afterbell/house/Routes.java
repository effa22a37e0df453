package afterbell.house;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.SignedIn;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the running house, with who may call it as its handler says. */
final class Routes {
    private Routes() {}

    /**
     * @param allowed {@code ALL}, {@code SIGNED_IN}, or names of roles with a blank between
     */
    record Route(String method, String path, String allowed, HandlerMethod handler) {
        String line() {
            return method + "," + path + "," + allowed;
        }

        Set<Role> roles() {
            return switch (allowed) {
                case "ALL", "SIGNED_IN" -> Set.of(Role.values());
                default -> Arrays.stream(allowed.split(" ")).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
            };
        }
    }

    static List<Route> of(RequestMappingHandlerMapping mapping) {
        List<Route> all = new ArrayList<>();
        mapping.getHandlerMethods().forEach((info, handler) -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String path : info.getPatternValues())
                for (String method : methods.isEmpty() ? List.of("ANY") : methods.stream().map(Enum::name).toList()) all.add(new Route(method, path, allowed(handler), handler));
        });
        all.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return all;
    }

    private static String allowed(HandlerMethod handler) {
        @Nullable Allowed own = find(handler, Allowed.class);
        if (own != null) return new TreeSet<>(Arrays.asList(own.value())).stream().map(Enum::name).collect(Collectors.joining(" "));
        if (find(handler, SignedIn.class) != null) return "SIGNED_IN";
        return "ALL";
    }

    private static <A extends Annotation> @Nullable A find(HandlerMethod handler, Class<A> kind) {
        @Nullable A own = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), kind);
        boolean named = handler.hasMethodAnnotation(Allowed.class) || handler.hasMethodAnnotation(SignedIn.class) || handler.hasMethodAnnotation(OpenToAll.class);
        return own != null || named ? own : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), kind);
    }
}
