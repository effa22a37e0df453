package afterbell.reach.documents;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One answer to a document, without what is sealed. */
public record Signature(
        UUID id,
        UUID letter,
        int edition,
        UUID pupil,
        Answer answer,
        Standing standing,
        Means means,
        Proof proof,
        @Nullable UUID account,
        @Nullable UUID enteredBy,
        @Nullable UUID paperFile,
        String device,
        Instant at,
        boolean counts) {

    public enum Answer {
        YES,
        NO
    }

    /** PROPOSED: a carer's, which asks for a guardian's. */
    public enum Standing {
        GUARDIAN,
        PROPOSED
    }

    public enum Means {
        DRAWN,
        TYPED,
        PAPER
    }

    /** How it is known who signed. */
    public enum Proof {
        /** Signed in. */
        SESSION,
        /** Signed in with a second factor. */
        SECOND_FACTOR,
        /** A code sent to the phone on file. */
        CODE,
        /** A link made for this guardian by the school. */
        LINK,
        /** A receipt on paper, entered by the school. */
        PAPER
    }
}
