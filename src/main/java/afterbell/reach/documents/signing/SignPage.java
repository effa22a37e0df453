package afterbell.reach.documents.signing;

import afterbell.base.shared.Refusal;
import afterbell.reach.documents.Letter;
import afterbell.reach.documents.LetterText;
import afterbell.reach.documents.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A letter as one family reads and answers it.
 *
 * @param child name of the child
 * @param schoolClass its class, as people say it
 * @param action where the form goes
 * @param base address of the letter for this child, or empty behind a link
 * @param hash what is read, as it will be signed
 * @param carer true where the reader may only propose
 * @param history answers so far, the latest first
 * @param next the next letter of the family that waits, or empty
 */
public record SignPage(
        String school,
        Letter letter,
        String child,
        String schoolClass,
        LetterText text,
        String hash,
        String action,
        String base,
        boolean carer,
        String signer,
        List<Entry> history,
        String next,
        Typed typed,
        List<? extends Refusal> refusals) {

    /** @param mine by whoever reads this page */
    public record Entry(Signature signature, String name, String label, String drawing, boolean mine) {}

    /** What was typed before a refusal. */
    public record Typed(String answer, String name, String reason) {
        public static final Typed NOTHING = new Typed("", "", "");
    }

    /** What holds now; null where nobody has answered. */
    public @Nullable Entry holds() {
        return history.stream().filter(e -> e.signature().counts()).findFirst().orElse(null);
    }

    /** A carer's answer that waits for a guardian. */
    public boolean proposed() {
        return holds() == null && history.stream().anyMatch(e -> e.signature().standing() == Signature.Standing.PROPOSED);
    }
}
