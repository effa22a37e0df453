package afterbell.base.shared.web;

import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Wearer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Who the access check found behind a request, for whatever runs between it and the handler. */
public final class Caller {
    private Caller() {}

    public static @Nullable Person person(HttpServletRequest request) {
        return (Person) request.getAttribute(AccessCheck.PERSON);
    }

    /** Null for pages open to all. */
    public static @Nullable Wearer wearer(HttpServletRequest request) {
        return (Wearer) request.getAttribute(AccessCheck.WEARER);
    }
}
