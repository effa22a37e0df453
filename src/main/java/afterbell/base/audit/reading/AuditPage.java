package afterbell.base.audit.reading;

import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import java.util.List;

/**
 * @param day as asked for, ISO, or empty
 * @param unreadable whether the day that was typed is none
 */
public record AuditPage(Listing list, List<Row> rows, List<Choice> acts, String day, boolean unreadable) {

    /**
     * One entry.
     *
     * @param whoId filters by this person; empty for the system itself
     * @param act message key of the act, or empty where only its code is known
     * @param about name of the child, class or person, or the kind of thing
     */
    public record Row(String when, String whoId, String who, String hat, String act, String code, String aboutId, String about) {}
}
