package afterbell.base.identity;

import java.util.List;
import java.util.UUID;

/** The classes of a school by name. The room {@code roster} answers. */
public interface ClassNames {

    record Named(UUID klass, int grade, String name, int pupils) {}

    /** All classes of the running school year, lowest grade first. */
    List<Named> of(UUID school);
}
