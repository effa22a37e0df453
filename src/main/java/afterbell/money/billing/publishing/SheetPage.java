package afterbell.money.billing.publishing;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sheet, published or about to be.
 *
 * @param school its name; code as in public addresses
 * @param id null for a preview
 * @param version of this sheet; newest: of the same span
 * @param whole whether the kept sheet still has its hash
 * @param previous whether a version is published already (preview)
 * @param qr picture of the public address, for the poster; empty on screens
 */
public record SheetPage(
        String school, String code, Sheet sheet, @Nullable UUID id, int version, @Nullable UUID newest, @Nullable String reason, String hash, boolean whole, @Nullable Instant at, boolean previous, boolean changed, boolean publishes,
        String qr, List<? extends Refusal> refusals) {
    public String href() {
        return "/schools/" + code + "/money/" + id;
    }
}
