package afterbell.base.identity.relations;

import java.time.Instant;
import java.util.UUID;

/**
 * A link to pass on.
 *
 * @param qr picture of the link
 * @param reachable false where the node doesn't know its outside address: the link would lead nowhere on another phone
 */
public record InvitationPage(UUID child, String name, UUID slip, String role, String link, String qr, Instant expiresAt, boolean reachable) {
    public String back() {
        return "/children/" + child + "/people";
    }
}
