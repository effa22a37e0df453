package afterbell.base.shared.files;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a file is not taken. */
public sealed interface FileRefusal extends Refusal {

    record Empty(String field) implements FileRefusal {
        @Override
        public String messageKey() {
            return "files.refused.empty";
        }
    }

    /** @param megabytes the most that is taken here */
    record TooLarge(String field, int megabytes) implements FileRefusal {
        @Override
        public String messageKey() {
            return "files.refused.too_large";
        }

        @Override
        public List<Object> facts() {
            return List.of(megabytes);
        }
    }

    /** The content is of another kind than is asked for here, whatever the name says. */
    record WrongKind(String field, String asked) implements FileRefusal {
        @Override
        public String messageKey() {
            return "files.refused.wrong_kind";
        }

        @Override
        public List<Object> facts() {
            return List.of(asked);
        }
    }

    record Damaged(String field) implements FileRefusal {
        @Override
        public String messageKey() {
            return "files.refused.damaged";
        }
    }
}
