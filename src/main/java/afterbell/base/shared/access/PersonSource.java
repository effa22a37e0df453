package afterbell.base.shared.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells who sends a request; the room {@code identity} answers. */
public interface PersonSource {
    Optional<Person> find(HttpServletRequest request);
}
