package afterbell.term.placement.marking;

import afterbell.base.shared.Refusal;
import java.util.List;
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

    /** No reason of the list. */
    record NoSuchReason(UUID pupil) implements MarkRefusal {
        @Override
        public String messageKey() {
            return "placement.marking.refused.reason";
        }

        @Override
        public String field() {
            return MarkPolicy.whyField(pupil);
        }
    }

    /** More declined than the rules allow. {0} how many may be, {1} of how many applicants. */
    record TooMany(UUID pupil, int most, int applicants) implements MarkRefusal {
        @Override
        public String messageKey() {
            return "placement.marking.refused.too_many";
        }

        @Override
        public String field() {
            return MarkPolicy.whyField(pupil);
        }

        @Override
        public List<Object> facts() {
            return List.of(most, applicants);
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
