package afterbell.app.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something planted that a person or a card could do, with what must be noticed of it.
 *
 * @param who must notice it: whose screen or notice it has to reach
 * @param by the last moment at which it counts as noticed
 * @param alarms kinds of which one must ring for each of the children; these also explain what rings for them that day
 * @param proof what must be true instead of an alarm; null where the alarm is the proof
 */
record Trouble(Kind kind, String who, Instant at, Instant by, Set<UUID> children, Set<String> alarms, @Nullable Proof proof) {

    /** How fast the house must be where its rules leave no minutes. */
    static final Duration AT_ONCE = Duration.ofSeconds(2);

    /** When it was noticed. */
    interface Proof {
        /** @return null while it was not */
        @Nullable Instant noticed();
    }

    enum Kind {
        SICK_WITHOUT_NOTICE,
        SLIPPED_AWAY,
        FORGOTTEN_HAND_OVER,
        FORGOTTEN_ROLL,
        PHONE_OFF_LINE,
        PARENT_LATE,
        WRONG_TAP,
        WRONG_RELEASE,
        TWO_CLAIMS,
        STRANGER_AT_THE_GATE,
        BARRED_AT_THE_GATE,
        CARD_SAYS_LEFT,
        SENT_WITH_A_CODE,
        INSTRUCTOR_ABSENT,
        AREA_FORGOTTEN,
        VISITOR_WITHOUT_A_YES,
        DRILL,
        TEACHER_ILL,
        TEACHERS_SWAP,
        RAIN,
        NODE_STOPPED;

        /** Planted at most once a day: the whole school feels it. */
        boolean rare() {
            return this == RAIN || this == NODE_STOPPED || this == AREA_FORGOTTEN || this == VISITOR_WITHOUT_A_YES || this == DRILL;
        }
    }
}
