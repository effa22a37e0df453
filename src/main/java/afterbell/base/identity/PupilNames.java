package afterbell.base.identity;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The names behind ids of children and classes, as far as the open scope shows them. The room {@code roster} answers. */
public interface PupilNames {

    /**
     * A child present at the school.
     *
     * @param birthday tells two children of one name apart, where the school knows it
     */
    record Named(UUID school, UUID pupil, UUID klass, String name, String className, @Nullable LocalDate birthday) {}

    /** The children of one class in the order of its lists. */
    List<Named> ofClass(UUID school, UUID klass);

    /** The named children that the scope shows; others are left out. */
    List<Named> of(Collection<UUID> pupils);
}
