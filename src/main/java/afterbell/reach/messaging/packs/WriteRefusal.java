package afterbell.reach.messaging.packs;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a notice is not told. */
sealed interface WriteRefusal extends Refusal {

    record NoAudience() implements WriteRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.no_audience";
        }

        @Override
        public String field() {
            return "audience";
        }
    }

    record NoTitle() implements WriteRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.no_title";
        }

        @Override
        public String field() {
            return "title";
        }
    }

    record TooLong(String field, int most) implements WriteRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.too_long";
        }

        @Override
        public List<Object> facts() {
            return List.of(most);
        }
    }

    /** The same text goes to many families and into chat groups: it names no child (law 8). */
    record NamesAChild() implements WriteRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.names_a_child";
        }

        @Override
        public String field() {
            return "text";
        }
    }
}
