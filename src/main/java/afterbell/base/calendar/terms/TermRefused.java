package afterbell.base.calendar.terms;

import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;

/** Why a term can't stand as it was typed. */
sealed interface TermRefused extends Refusal {

    record Missing(String field) implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.missing";
        }
    }

    record OutOfBounds(String field, int least, int most) implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.out_of_bounds";
        }

        @Override
        public List<Object> facts() {
            return List.of(least, most);
        }
    }

    record EndsTooEarly() implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.ends_too_early";
        }

        @Override
        public String field() {
            return "last";
        }
    }

    record TooLong(int days) implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.too_long";
        }

        @Override
        public String field() {
            return "last";
        }

        @Override
        public List<Object> facts() {
            return List.of(days);
        }
    }

    record Overlaps(LocalDate from, LocalDate until) implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.overlaps";
        }

        @Override
        public String field() {
            return "first";
        }

        @Override
        public List<Object> facts() {
            return List.of(from, until);
        }
    }

    record AlreadyThere() implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.already_there";
        }

        @Override
        public String field() {
            return "half";
        }
    }

    record RegistrationFarAway() implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.registration_far";
        }

        @Override
        public String field() {
            return "registration";
        }
    }

    record ClubsBeforeService() implements TermRefused {
        @Override
        public String messageKey() {
            return "calendar.term.clubs_before_service";
        }

        @Override
        public String field() {
            return "clubsWeek";
        }
    }
}
