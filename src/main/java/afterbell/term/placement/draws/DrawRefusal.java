package afterbell.term.placement.draws;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Why a step of the draw is not done now. */
sealed interface DrawRefusal extends Refusal {

    record RoundStillOpen() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.round_open";
        }
    }

    /** @param until when it ends by itself */
    record InReview(Instant until) implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.in_review";
        }

        @Override
        public List<Object> facts() {
            LocalDateTime t = LocalDateTime.ofInstant(until, Screen.ZONE);
            return List.of(t.getMonthValue(), t.getDayOfMonth(), t.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString());
        }
    }

    /** A child has left, a section has changed: the input is no longer the one committed to. */
    record SheetsMoved() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.sheets_moved";
        }
    }

    /** Nothing was committed to yet: a value that is known by now could be chosen. */
    record NotCommitted() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.not_committed";
        }
    }

    /** The order stands since before the round opened; others only compare. */
    record OtherOrder() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.other_order";
        }
    }

    /** @param sheets that differ from the freeze though their children are at the school */
    record SheetsDiffer(int sheets) implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.sheets_differ";
        }

        @Override
        public List<Object> facts() {
            return List.of(sheets);
        }
    }

    /** Sheets have changed since the freeze, and the sections so that the frozen ones can't be decided on either. */
    record SectionsMoved() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.sections_moved";
        }
    }

    record NotRevealed() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.not_revealed";
        }

        @Override
        public String field() {
            return "publicValue";
        }
    }

    record ValueMissing() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.value_missing";
        }

        @Override
        public String field() {
            return "publicValue";
        }
    }

    record Running() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.running";
        }
    }

    record NothingWished() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.nothing_wished";
        }
    }

    record NotSolved() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.not_solved";
        }
    }

    /** @param open closings that nobody has confirmed */
    record ClosingsOpen(int open) implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.closings_open";
        }

        @Override
        public List<Object> facts() {
            return List.of(open);
        }
    }

    record AlreadyPublished() implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.already_published";
        }
    }

    /** The sections or seats changed since the input was frozen, so that some seats could not be given. */
    record InputChanged(int seats) implements DrawRefusal {
        @Override
        public String messageKey() {
            return "placement.draw.refused.input_changed";
        }

        @Override
        public List<Object> facts() {
            return List.of(seats);
        }
    }
}
