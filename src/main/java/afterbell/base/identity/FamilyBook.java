package afterbell.base.identity;

import afterbell.base.shared.access.Role;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the school's own lists know of a child's grown-ups, and what they learn when one of them enters. The room {@code roster} answers. */
public interface FamilyBook {

    /**
     * A grown-up of a child as the school knows the person.
     *
     * @param account null until the person has entered
     * @param label as the school's list says it, for example the word for father
     */
    record Adult(UUID adult, @Nullable UUID account, String name, Role role, String label) {}

    List<Adult> adults(UUID school, UUID pupil);

    /**
     * Somebody entered for a child. Runs in the transaction and school scope of the entry.
     *
     * @param adult the person of the school's list who entered, or null for somebody new
     */
    void entered(UUID school, UUID pupil, UUID account, Role role, Relation relation, String name, @Nullable UUID adult);

    /** Somebody no longer acts for a child. */
    void left(UUID school, UUID pupil, UUID account);
}
