package afterbell.reach.messaging.ways;

import afterbell.base.shared.Refusal;

/** Why an address is not taken. */
sealed interface WayRefusal extends Refusal {

    record NoMail() implements WayRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.no_mail";
        }

        @Override
        public String field() {
            return "mail";
        }
    }

    record NoPhone() implements WayRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.no_phone";
        }

        @Override
        public String field() {
            return "phone";
        }
    }

    /** The mail or short message could not be handed over just now. */
    record NotSent(String field) implements WayRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.not_sent";
        }
    }

    record WrongCode() implements WayRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.wrong_code";
        }

        @Override
        public String field() {
            return "code";
        }
    }
}
