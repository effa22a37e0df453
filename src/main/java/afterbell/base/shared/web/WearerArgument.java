package afterbell.base.shared.web;

import afterbell.base.shared.access.Forbidden;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Wearer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands a handler its {@link Wearer}, or (for pages open to all) the {@link Person} where somebody is signed in. */
final class WearerArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Wearer.class || parameter.getParameterType() == Person.class;
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter, @Nullable ModelAndViewContainer container, NativeWebRequest request, @Nullable WebDataBinderFactory binder) {
        if (parameter.getParameterType() == Person.class) return request.getAttribute(AccessCheck.PERSON, RequestAttributes.SCOPE_REQUEST);
        @Nullable Object wearer = request.getAttribute(AccessCheck.WEARER, RequestAttributes.SCOPE_REQUEST);
        if (wearer == null) throw new Forbidden();
        return wearer;
    }
}
