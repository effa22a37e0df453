package afterbell.term.placement.changing;

import afterbell.base.shared.Refusal;
import afterbell.term.placement.Seats;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Why a seat is not taken, left or waited for now. */
sealed interface SeatRefusal extends Refusal {

    /** What the database function answered. */
    record Answered(Seats.Answer answer) implements SeatRefusal {
        @Override
        public String messageKey() {
            return switch (answer) {
                case FULL -> "placement.seats.refused.full";
                case CLASH -> "placement.seats.refused.clash";
                case ACTIVITY -> "placement.seats.refused.activity";
                case LIMIT -> "placement.seats.refused.limit";
                case NOT_ELIGIBLE -> "placement.seats.refused.not_eligible";
                case DECLINED -> "placement.seats.refused.declined";
                case CLOSED -> "placement.seats.refused.closed";
                case CHANGED -> "placement.seats.refused.changed";
                case GONE -> "placement.seats.refused.gone";
                case EXPIRED -> "placement.seats.refused.expired";
                case SEATED, AGAIN, UNKNOWN, NOT_YOURS -> "placement.seats.refused.changed";
            };
        }
    }

    /** In a rush the last seat went a moment ago. @param club the section's name */
    record JustFull(UUID section, String club) implements SeatRefusal {
        @Override
        public String messageKey() {
            return "placement.seats.refused.full";
        }
    }

    /** The weeks of adding and dropping are over; the office may still do it. */
    record WindowOver(LocalDate last) implements SeatRefusal {
        @Override
        public String messageKey() {
            return "placement.seats.refused.window";
        }

        @Override
        public List<Object> facts() {
            return List.of(last.getMonthValue(), last.getDayOfMonth());
        }
    }

    record TermOver() implements SeatRefusal {
        @Override
        public String messageKey() {
            return "placement.seats.refused.term";
        }
    }

    /** The queue did not answer in time; the act may still be done, and asking again with the same form is safe. */
    record TooBusy() implements SeatRefusal {
        @Override
        public String messageKey() {
            return "placement.seats.refused.busy";
        }
    }
}
