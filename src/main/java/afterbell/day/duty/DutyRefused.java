package afterbell.day.duty;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a change of the roster can't be made. */
public sealed interface DutyRefused extends Refusal {

    /** The hour is over. */
    record Past() implements DutyRefused {
        @Override
        public String messageKey() {
            return "duty.refused.past";
        }
    }

    /** It is no longer the caller's post. */
    record NotYours() implements DutyRefused {
        @Override
        public String messageKey() {
            return "duty.refused.not_yours";
        }
    }

    /** Somebody else was quicker. */
    record Taken() implements DutyRefused {
        @Override
        public String messageKey() {
            return "duty.refused.taken";
        }
    }

    /** The person stands elsewhere at that hour, or can't come that day. */
    record Busy(String field, String name) implements DutyRefused {
        @Override
        public String messageKey() {
            return "duty.refused.busy";
        }

        @Override
        public List<Object> facts() {
            return List.of(name);
        }
    }

    /** Nobody was named, or nobody of the school's own. */
    record NoPerson(String field) implements DutyRefused {
        @Override
        public String messageKey() {
            return "duty.refused.no_person";
        }
    }

    /** Any other no that needs no facts. */
    record Plain(String messageKey, String field) implements DutyRefused {}
}
