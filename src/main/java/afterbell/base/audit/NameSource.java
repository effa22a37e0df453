package afterbell.base.audit;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The names behind ids of entries, as far as the open scope shows them. Rooms that keep names answer; the record itself has none. */
public interface NameSource {
    Map<UUID, String> names(Collection<UUID> ids);

    /** Ids whose name holds the words; at most a hundred. */
    Set<UUID> find(String words);
}
