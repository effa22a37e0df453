package afterbell.reach.documents;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why an answer to a document is not taken. */
public sealed interface SignRefusal extends Refusal {

    /** Neither drawn nor typed. */
    record NotSigned() implements SignRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.not_signed";
        }

        @Override
        public String field() {
            return "drawing";
        }
    }

    record NoAnswer() implements SignRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.no_answer";
        }

        @Override
        public String field() {
            return "answer";
        }
    }

    record NameTooLong(int most) implements SignRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.name_too_long";
        }

        @Override
        public String field() {
            return "typed";
        }

        @Override
        public List<Object> facts() {
            return List.of(most);
        }
    }

    /** What was read is no longer what would be signed: a newer edition, or the child's class changed. */
    record TextChanged() implements SignRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.text_changed";
        }
    }

    record LinkUsed() implements SignRefusal {
        @Override
        public String messageKey() {
            return "documents.refused.link_used";
        }
    }
}
