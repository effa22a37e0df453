package afterbell.reach.messaging;

/** What came of handing one message over. A fault is a code of ours, never a text from outside. */
public sealed interface Handed {

    /** The other side has taken it. */
    record Sent() implements Handed {}

    /** It may go well another time. */
    record Later(String fault) implements Handed {}

    /** Trying again is of no use. */
    record Never(String fault) implements Handed {}
}
