package afterbell.base.calendar.days;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a change of days can't stand as typed. */
sealed interface DayRefused extends Refusal {
    record Field(String messageKey, String field) implements DayRefused {}

    /** A sentence with facts. */
    record Said(String messageKey, String field, List<Object> facts) implements DayRefused {}
}
