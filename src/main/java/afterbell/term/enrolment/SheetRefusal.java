package afterbell.term.enrolment;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Why a sheet can't be saved as it is. */
public sealed interface SheetRefusal extends Refusal {

    record NotYetOpen(Instant opensAt) implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.not_yet_open";
        }

        @Override
        public List<Object> facts() {
            return when(opensAt);
        }
    }

    record Closed(Instant closedAt) implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.closed";
        }

        @Override
        public List<Object> facts() {
            return when(closedAt);
        }
    }

    /** Somebody else, or another window, saved in the meantime. */
    record ChangedMeanwhile() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.changed";
        }
    }

    /** The school may not type over what a family said itself. */
    record AnsweredItself() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.answered_itself";
        }
    }

    record NoDay() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.no_day";
        }

        @Override
        public String field() {
            return "days";
        }
    }

    record DayUnknown(int weekday) implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.day_unknown." + weekday;
        }

        @Override
        public String field() {
            return "days";
        }
    }

    /** A slot of noon care that this grade does not have. */
    record NoonUnknown() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.noon_unknown";
        }

        @Override
        public String field() {
            return "noon";
        }
    }

    /** Not on this grade's menu of this slot: another grade's, withdrawn, or never there. */
    record NotOnMenu() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.not_on_menu";
        }

        @Override
        public String field() {
            return "wishes";
        }
    }

    record TooMany() implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.too_many";
        }

        @Override
        public List<Object> facts() {
            return List.of(Sheet.MOST_WISHES);
        }

        @Override
        public String field() {
            return "wishes";
        }
    }

    /** The wished section runs while the child is in its team. */
    record Clash(String section, String team, int minutes) implements SheetRefusal {
        @Override
        public String messageKey() {
            return "enrolment.refused.clash";
        }

        @Override
        public List<Object> facts() {
            return List.of(section, team, minutes);
        }

        @Override
        public String field() {
            return "wishes";
        }
    }

    private static List<Object> when(Instant at) {
        ZonedDateTime z = at.atZone(Screen.ZONE);
        return List.of(z.getMonthValue(), z.getDayOfMonth(), String.format(Locale.ROOT, "%d:%02d", z.getHour(), z.getMinute()));
    }
}
