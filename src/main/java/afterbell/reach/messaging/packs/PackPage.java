package afterbell.reach.messaging.packs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notice as a pack for the class group, and how far it has come.
 *
 * @param address where families read it, in full
 * @param qr picture of the address, as data
 * @param known whether the address leads here from outside
 * @param classes per class, on the office's page
 * @param families by name, on the class teacher's page alone
 */
public record PackPage(Told told, String address, String qr, boolean known, int targets, int opened, int unreachable, List<OfClass> classes, List<Sent> sent, List<Family> families, String className, String back) {

    public record OfClass(UUID id, String name, int families, int opened) {}

    /**
     * Messages of one way in one state.
     *
     * @param fault why not, or empty
     * @param doubtful of them, whose holder may have got it twice
     */
    public record Sent(String channel, String state, String fault, int messages, int doubtful, @Nullable Instant nextAt, @Nullable Instant sentAt) {}

    /** @param way APP, PAGE, MAIL or SMS; null where not opened */
    public record Family(String child, @Nullable Instant openedAt, @Nullable String way, boolean unreachable) {}

    public boolean office() {
        return className.isEmpty();
    }

    public int missing() {
        return targets - opened;
    }

    public List<Family> notOpened() {
        return families.stream().filter(f -> f.openedAt() == null).toList();
    }

    public List<Family> whoOpened() {
        return families.stream().filter(f -> f.openedAt() != null).toList();
    }

    public String qrHref() {
        return "/notices/" + told.id() + "/qr.png";
    }

    public String posterHref() {
        return "/notices/" + told.id() + "/poster.pdf";
    }
}
