package afterbell.term.staffing.providers;

import afterbell.base.shared.Refusal;
import afterbell.term.staffing.Standing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One provider, as typed.
 *
 * @param id null for a new one
 * @param standing null for a new one
 */
public record ProviderPage(
        @Nullable UUID id, String name, String kind, String chosenBy, boolean retired, String contact, String phone, String note, @Nullable Standing standing, List<Sent> people, List<Refusal> refusals) {

    /** An outside teacher it sends. */
    public record Sent(UUID id, String name, boolean fit) {}
}
