package afterbell.base.calendar.holidays;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a holiday file can't be kept. */
sealed interface HolidayRefused extends Refusal {

    @Override
    default String field() {
        return "text";
    }

    record BadFile(String messageKey, List<Object> facts) implements HolidayRefused {}

    record OtherYear(int inFile, int asked) implements HolidayRefused {
        @Override
        public String messageKey() {
            return "calendar.holidays.other_year";
        }

        @Override
        public List<Object> facts() {
            return List.of(Integer.toString(inFile), Integer.toString(asked));
        }
    }
}
