package afterbell.base.calendar.days;

import afterbell.base.shared.Refusal;

/** Why a change of days can't stand as typed. */
sealed interface DayRefused extends Refusal {
    record Field(String messageKey, String field) implements DayRefused {}
}
