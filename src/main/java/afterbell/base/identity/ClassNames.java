package afterbell.base.identity;

import java.util.List;
import java.util.UUID;

/** The classes of a school by name. The room {@code roster} answers. */
public interface ClassNames {

    /**
     * @param pupils children of the class
     * @param entered those of them for whom a grown-up has entered
     */
    record Named(UUID klass, int grade, String name, int pupils, int entered) {}

    /** All classes of the running school year, lowest grade first. */
    List<Named> of(UUID school);
}
