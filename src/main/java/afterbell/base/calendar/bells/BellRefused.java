package afterbell.base.calendar.bells;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why bells can't stand as they were typed; each points at its row. */
sealed interface BellRefused extends Refusal {

    /** A sentence that needs nothing but its place. */
    record Row(String messageKey, String field) implements BellRefused {}

    /** Two rows ring for one band at one time. {0} and {1} the codes, {2} the band, {3} the weekday as a number. */
    record Overlap(String field, String one, String other, String band, int weekday) implements BellRefused {
        @Override
        public String messageKey() {
            return "calendar.bells.overlap";
        }

        @Override
        public List<Object> facts() {
            return List.of(one, other, band);
        }
    }

    record GradeTwice(String field, int grade) implements BellRefused {
        @Override
        public String messageKey() {
            return "calendar.bells.grade_twice";
        }

        @Override
        public List<Object> facts() {
            return List.of(grade);
        }
    }

    /** Something still hangs on slots that would go. */
    record InUse(int slots) implements BellRefused {
        @Override
        public String messageKey() {
            return "calendar.bells.in_use";
        }

        @Override
        public List<Object> facts() {
            return List.of(slots);
        }
    }
}
