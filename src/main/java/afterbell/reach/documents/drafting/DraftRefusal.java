package afterbell.reach.documents.drafting;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a letter is not saved or published. */
sealed interface DraftRefusal extends Refusal {

    record NoTitle() implements DraftRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.no_title";
        }

        @Override
        public String field() {
            return "title";
        }
    }

    record TooLong(String field, int most) implements DraftRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.too_long";
        }

        @Override
        public List<Object> facts() {
            return List.of(most);
        }
    }

    /** Fields nobody fills, or blanks left to the office. */
    record StillOpen(List<String> open) implements DraftRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.still_open";
        }

        @Override
        public String field() {
            return "body";
        }

        @Override
        public List<Object> facts() {
            return List.of(String.join(", ", open));
        }
    }

    record ChangedMeanwhile() implements DraftRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.changed_meanwhile";
        }
    }

    record NotATime() implements DraftRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.not_a_time";
        }

        @Override
        public String field() {
            return "answerBy";
        }
    }
}
