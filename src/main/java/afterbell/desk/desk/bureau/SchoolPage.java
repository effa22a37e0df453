package afterbell.desk.desk.bureau;

import afterbell.base.schools.School;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One school of the bureau.
 *
 * @param entered whether somebody of the school has come in; from then on the school invites its people itself
 * @param invitation the open link for the office's first person; null where there is none
 * @param reachable false where the node doesn't know its outside address
 */
public record SchoolPage(School school, boolean entered, @Nullable Invitation invitation, boolean reachable) {

    public record Invitation(String link, String qr, Instant until) {}
}
