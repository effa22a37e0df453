package afterbell.base.identity.entering;

import afterbell.base.identity.Relation;
import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The page of a slip.
 *
 * @param path address of the slip
 * @param child the child's name, or empty where the slip opens a prepared account
 * @param me name of the person who is signed in on this phone, or null
 * @param other the holder is nobody of the list, and types name and relation
 * @param role for an invitation: what the guardian asked the person to be
 * @param invited by a guardian: the person says what they are to the child and then waits for one tap
 */
public record SlipPage(
        String path,
        String school,
        String child,
        String className,
        String account,
        @Nullable String me,
        boolean other,
        String role,
        boolean invited,
        List<Adult> adults,
        String name,
        String relation,
        boolean guardian,
        List<? extends Refusal> refusals) {

    /**
     * Somebody of the school's list.
     *
     * @param entered true where another phone entered as this person before
     */
    public record Adult(UUID id, String name, String label, boolean entered) {
        /** Key of the relation's word, or empty where the list has its own. */
        public String labelKey() {
            return Relation.of(label.toLowerCase(java.util.Locale.ROOT)).map(r -> "identity.relation." + r.code()).orElse("");
        }
    }
}
