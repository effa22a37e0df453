package afterbell.day.custody.childday;

/** What became of a {@link Telling}. */
public sealed interface Decision {

    /** One more link of the chain. */
    record Recorded(Entry entry, ChildDay day) implements Decision {}

    /** The same key again, with the same words: nothing changes, the first answer holds. */
    record Already(Entry entry) implements Decision {}

    /** Nothing was written. */
    record Refused(Why why) implements Decision {}

    /** Reasons of a refusal. */
    enum Why {
        /** The key was used for other words. */
        KEY_REUSED,
        /** This person's duty today does not include that. */
        NOT_YOURS,
        /** It is about another day. */
        ANOTHER_DAY,
        /** The child has left already. */
        ALREADY_LEFT,
        /** Two people claim the child; only the duty leader can let it go. */
        IN_DISPUTE,
        /** The collector is barred; the duty leader is told quietly. */
        BARRED,
        /** No guardian has named this collector. */
        NOT_A_COLLECTOR,
        /** No guardian's consent covers the day. */
        NO_CONSENT,
        /** The child is out of the room, at the infirmary or elsewhere: it leaves with no line before somebody has seen it. */
        CALLED_OUT,
        /** Somebody has the child in hand. */
        IN_HAND,
        /** There is no such entry to take back. */
        NOTHING_TO_UNDO,
        /** Too long ago for its own teller; the duty leader still can. */
        TOO_LATE_TO_UNDO,
        /** The session was dropped: its children are with their own classes. */
        NOT_HELD,
        /** Nobody answers here, and the person who taps is none of the school's staff. */
        NOBODY_NAMED
    }
}
