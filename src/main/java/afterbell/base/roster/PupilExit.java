package afterbell.base.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What ends in a later room when a child leaves the school. The room of the thing carries it out itself, in the same transaction, as one of its own
 * commands; a room that holds nothing of a child implements nothing.
 */
public interface PupilExit {

    /** How many things of this room would end; shown before anybody confirms. */
    int held(UUID school, UUID pupil);

    /** Ends them. Runs under the school's scope. @param firstAway the first day on which the children are no longer here */
    void leave(UUID school, Collection<UUID> pupils, LocalDate firstAway, @Nullable UUID by, Instant at);
}
