package afterbell.term.placement.sections;

import afterbell.base.shared.Refusal;
import afterbell.term.placement.Seats;
import java.util.List;

/** Why the office's hand is stayed. */
sealed interface SectionRefusal extends Refusal {

    record ReasonMissing() implements SectionRefusal {
        @Override
        public String messageKey() {
            return "placement.sections.refused.reason";
        }

        @Override
        public String field() {
            return "reason";
        }
    }

    /** @param name the child's, who belongs to the office's school */
    record NotPossible(String name, Seats.Answer answer) implements SectionRefusal {
        @Override
        public String messageKey() {
            return switch (answer) {
                case CLASH -> "placement.sections.refused.clash";
                case ACTIVITY -> "placement.sections.refused.activity";
                case NOT_ELIGIBLE -> "placement.sections.refused.not_eligible";
                case FULL -> "placement.sections.refused.full";
                case DECLINED -> "placement.sections.refused.declined";
                case CLOSED -> "placement.sections.refused.closed";
                case SEATED, AGAIN, LIMIT, CHANGED, GONE, EXPIRED, UNKNOWN, NOT_YOURS -> "placement.sections.refused.again";
            };
        }

        @Override
        public List<Object> facts() {
            return List.of(name);
        }
    }

    /** Somebody else changed these sections since they were looked at. */
    record ChangedMeanwhile() implements SectionRefusal {
        @Override
        public String messageKey() {
            return "placement.sections.refused.changed";
        }
    }

    record NothingMoved() implements SectionRefusal {
        @Override
        public String messageKey() {
            return "placement.sections.refused.nothing";
        }
    }

    record NoRush() implements SectionRefusal {
        @Override
        public String messageKey() {
            return "placement.sections.refused.rush";
        }
    }

    record BadHours() implements SectionRefusal {
        @Override
        public String messageKey() {
            return "placement.sections.refused.hours";
        }

        @Override
        public String field() {
            return "opens";
        }
    }
}
