package afterbell.base.shared.web;

import afterbell.base.shared.access.Allowed;
import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Fresh;
import afterbell.base.shared.access.HatName;
import afterbell.base.shared.access.OpenToAll;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.PersonSource;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.SecondFactorFirst;
import afterbell.base.shared.access.SignInFirst;
import afterbell.base.shared.access.SignedIn;
import afterbell.base.shared.access.Strong;
import afterbell.base.shared.access.Wearer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Puts the one hat on a request that its handler asks for, and opens that hat's scope for every transaction of the request (law 4). */
final class AccessCheck implements HandlerInterceptor {
    static final String WEARER = AccessCheck.class.getName() + ".wearer";
    static final String PERSON = AccessCheck.class.getName() + ".person";

    private static final Set<Class<?>> ACCESS = Set.of(Allowed.class, SignedIn.class, OpenToAll.class);

    private final PersonSource people;

    AccessCheck(PersonSource people) {
        this.people = people;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Scopes.open(Scope.DOOR);
        if (!(handler instanceof HandlerMethod method)) return true;
        boolean strong = find(method, Strong.class) != null;
        @Nullable Person person = (strong || find(method, Fresh.class) != null ? people.findFresh(request) : people.find(request)).orElse(null);
        if (person != null) request.setAttribute(PERSON, person);
        @Nullable Wearer wearer = wearer(request, method, person);
        if (strong && wearer != null && !wearer.strong()) throw new SecondFactorFirst();
        if (wearer != null) {
            request.setAttribute(WEARER, wearer);
            Scopes.open(wearer.scope());
        }
        return true;
    }

    private static @Nullable Wearer wearer(HttpServletRequest request, HandlerMethod method, @Nullable Person person) {
        @Nullable Allowed allowed = find(method, Allowed.class);
        if (allowed != null) {
            if (person == null) throw new SignInFirst();
            Set<Role> roles = Set.of(allowed.value());
            return person.wearing(worn(request), roles).orElseThrow(() -> person.holdsBack(roles) ? new SecondFactorFirst() : new Forbidden());
        }
        if (find(method, SignedIn.class) != null) {
            if (person == null) throw new SignInFirst();
            return person.self();
        }
        if (find(method, OpenToAll.class) != null || !method.getBeanType().getName().startsWith("afterbell.")) return null;
        throw new IllegalStateException("a handler names no roles: " + method);
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A find(HandlerMethod method, Class<A> kind) {
        @Nullable A own = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), kind);
        if (own != null || (ACCESS.contains(kind) && named(method))) return own;
        return AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), kind);
    }

    // A method that names its own access is not widened by its class.
    private static boolean named(HandlerMethod method) {
        return method.hasMethodAnnotation(Allowed.class) || method.hasMethodAnnotation(SignedIn.class) || method.hasMethodAnnotation(OpenToAll.class);
    }

    static String worn(HttpServletRequest request) {
        return Cookies.value(request, HatName.COOKIE);
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        Scopes.close();
    }
}
