package afterbell.term.placement.marking;

import afterbell.base.shared.Refusal;
import java.util.UUID;

/** Why marks are not taken. */
sealed interface MarkRefusal extends Refusal {

    /** The lottery is revealed: what was said stands. */
    record Over() implements MarkRefusal {
        @Override
        public String messageKey() {
            return "placement.marking.refused.over";
        }
    }

    /** Neither of the two bands. */
    record NoSuchBand(UUID pupil) implements MarkRefusal {
        @Override
        public String messageKey() {
            return "placement.marking.refused.band";
        }

        @Override
        public String field() {
            return MarkPolicy.field(pupil);
        }
    }
}
