package afterbell.base.shared.sheet;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A room that takes files of one kind. The import screens and the import command find all of them; the room only says what it knows
 * and applies what a person has confirmed. Runs inside the scope of the school.
 */
public interface ImportTarget {

    /** The kind of file, new for each school because what may be imported can depend on its rules. */
    ImportKind kind(UUID school);

    /** The key of the kind, as in {@code sheet/headers.yaml} and on the command line. */
    String key();

    /** Who may import it. */
    default Set<Role> roles() {
        return Set.of(Role.OFFICE);
    }

    /** Which records somebody may change by a file; of the others a row says as little as of nobody. */
    default Predicate<ImportPreview.Known> reach(UUID school, Wearer me) {
        return known -> true;
    }

    /** Every record of the kind in the school. */
    List<ImportPreview.Known> known(UUID school);

    /**
     * Does what the preview says; rows that are asked, bad or skipped are left alone. Runs in the caller's transaction.
     *
     * @param gone keys of records, out of {@code preview.gone()}, that a person said are no more
     */
    Applied apply(UUID school, ImportPreview preview, Set<String> gone);

    /** Whether the office may take what is known home as a table of this kind, change it and bring it back. Not for personal data. */
    default boolean exports() {
        return false;
    }

    /** Whether cells are understood by what the school has at the moment, its people and rooms, so that a file is read anew whenever it is shown. */
    default boolean readsAnew() {
        return false;
    }

    /** What forbids doing it, seen over all rows together; nothing is saved then. */
    default List<Refusal> refusals(UUID school, ImportPreview preview, Set<String> gone) {
        return List.of();
    }

    /** How many records were touched. */
    record Applied(int added, int changed, int removed) {}
}
