package afterbell.base.identity;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The names behind ids of children and classes, as far as the open scope shows them. The room {@code roster} answers. */
public interface PupilNames {

    /** A child present at the school. */
    record Named(UUID school, UUID pupil, UUID klass, String name, String className) {}

    /** The children of one class in the order of its lists. */
    List<Named> ofClass(UUID school, UUID klass);

    /** The named children that the scope shows; others are left out. */
    List<Named> of(Collection<UUID> pupils);
}
