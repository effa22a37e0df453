package afterbell.base.identity.account;

import java.time.Instant;
import java.util.List;

/**
 * @param userName empty where the person has none
 * @param phone masked, or empty
 * @param phones whether messages leave this house, so that a phone can be proved
 * @param ownName whether the person may change the name: work names come from the school's list
 * @param passkeysOffered whether they can work under this address
 * @param logins linked sign-ins of other houses; -1 where none are offered
 * @param tokens how many work; -1 where the person has no children and so no use for one
 */
public record AccountPage(
        String name, boolean ownName, String userName, boolean password, String phone, boolean phoneProved, boolean phones, boolean factor, int recoveryCodes, boolean passkeysOffered, int passkeys, int logins, int tokens, List<Row> sessions) {
    public AccountPage {
        sessions = List.copyOf(sessions);
    }

    /** An open sign-in. @param own the one that looks at this page */
    public record Row(String id, Device device, Instant since, Instant seenAt, String how, boolean own) {}

    public boolean others() {
        return sessions.stream().anyMatch(r -> !r.own());
    }
}
