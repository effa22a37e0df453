package afterbell.day.custody.childday;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a child stands, one state at a time. */
public sealed interface Whereabouts {

    /** States in which one person answers for the child. */
    sealed interface Held extends Whereabouts {
        UUID custodian();
    }

    /** States that end the day for the child. */
    sealed interface Ended extends Whereabouts {
        Instant at();
    }

    /** Goes home with the bell; the service does not expect the child. */
    record NotExpected() implements Whereabouts {}

    record NotAtSchool() implements Whereabouts {}

    record OnLeave(Instant until) implements Whereabouts {}

    /** With the class, as every school day says; nobody of the service has confirmed it yet. */
    record InClass(UUID custodian) implements Held {}

    /** Should be here since then, and nobody has said so: back from leave, or arrived after the bell. */
    record Expected(Instant since) implements Whereabouts {}

    /** Sent on and not yet counted; the sender answers. */
    record Between(UUID custodian, @Nullable UUID toSession, Instant since) implements Held {}

    record Present(UUID custodian, UUID session, Instant until, Instant since) implements Held {}

    /** Out of the room for a while. {@code session} and {@code until} are those to which the child comes back; null where it was in none. */
    record CalledOut(UUID custodian, Fact.Where where, @Nullable UUID session, @Nullable Instant until, Instant since) implements Held {}

    /** Looked for and not there: absent-untraced while {@code steps} is empty, traced from the first step on. */
    record Missing(Instant since, List<Fact.Step> steps) implements Whereabouts {}

    record WaitingLate(UUID custodian, @Nullable Instant expectedAt, Instant since) implements Held {}

    record CollectedBy(UUID collector, Instant at) implements Ended {}

    record WentWithLine(Instant at) implements Ended {}

    record WalkedHome(Instant at) implements Ended {}

    /** A duty leader answers, by name and with a reason, for the child being safe out of school. */
    record AccountedFor(UUID by, Instant at) implements Ended {}

    /**
     * Two people claim what cannot both be true.
     *
     * @param lastConfirmed who had the child before the claims parted, and answers until the duty leader settles it; null where nobody had confirmed yet
     * @param claims the entries that contradict each other, in order of time
     */
    record Disputed(@Nullable UUID lastConfirmed, List<UUID> claims, Instant since) implements Whereabouts {}

    /** The one person who answers for the child in this state, or null. */
    default @Nullable UUID answering() {
        return switch (this) {
            case Held held -> held.custodian();
            case Disputed disputed -> disputed.lastConfirmed();
            case NotExpected _, NotAtSchool _, OnLeave _, Expected _, Missing _, Ended _ -> null;
        };
    }

    /** Whether nothing remains to be done for the child today: what clearing the school asks. */
    default boolean closed() {
        return switch (this) {
            case NotExpected _, NotAtSchool _, OnLeave _, Ended _ -> true;
            case Held _, Expected _, Missing _, Disputed _ -> false;
        };
    }
}
