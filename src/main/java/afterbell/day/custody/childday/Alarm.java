package afterbell.day.custody.childday;

import java.time.Instant;

/**
 * Something that a person should look at.
 *
 * @param since from when on
 * @param level how often it has escalated; 0 for the first ring
 */
public record Alarm(Kind kind, Instant since, int level) {

    /** Red ones are law 2's clocks; the others ask for attention. */
    public enum Kind {
        NOT_HANDED_OVER(true),
        NOT_SEEN(true),
        NOT_COUNTED(true),
        MISSING(true),
        DISPUTED(true),
        /** The roll has the child in a room, the card says that it left. */
        CARD_SAYS_LEFT(true),
        /** Looked for, or not at school, and the card says that the child came in. */
        CARD_SAYS_HERE(true),
        /** The school has named nobody who answers, not even a leader. */
        NO_CUSTODIAN(true),
        RELEASE_DOUBTED(true),
        CALLED_OUT_LONG(false),
        WAITING_LATE(false);

        private final boolean red;

        Kind(boolean red) {
            this.red = red;
        }

        public boolean red() {
            return red;
        }
    }
}
