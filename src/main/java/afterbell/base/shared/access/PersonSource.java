package afterbell.base.shared.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Tells who sends a request; the room {@code identity} answers. */
public interface PersonSource {
    Optional<Person> find(HttpServletRequest request);

    /** The same, read from the database now: for handlers that may not act on what was true some seconds ago. */
    Optional<Person> findFresh(HttpServletRequest request);
}
