package afterbell.reach.documents;

import afterbell.base.shared.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an office does with letters; also for the demo world, scenarios and the command line. Runs under the school's scope. */
public interface Drafts {

    /** A new draft from the school's last text of the kind, else from the template. */
    UUID begin(UUID school, UUID term, LetterKind kind, UUID key);

    /**
     * @param version as the editor read it
     * @param grades empty: all
     * @return the new version
     */
    Outcome<Integer> save(UUID school, UUID letter, int version, LetterText text, List<Integer> grades, @Nullable Instant answerBy);

    /**
     * Freezes the text as a new edition and shows it to families.
     *
     * @param askAgain answers to earlier editions count no more
     * @param tell sends a notice to the families
     * @return the edition
     */
    Outcome<Integer> publish(UUID school, UUID letter, int version, boolean askAgain, boolean tell, UUID key);

    /** Takes a published letter away from families; what was signed stays in the archive. A draft is removed. */
    void withdraw(UUID school, UUID letter);
}
