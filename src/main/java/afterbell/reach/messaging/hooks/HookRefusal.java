package afterbell.reach.messaging.hooks;

import afterbell.base.shared.Refusal;

sealed interface HookRefusal extends Refusal {

    record NoName() implements HookRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.hook_name";
        }

        @Override
        public String field() {
            return "name";
        }
    }

    record NoAddress() implements HookRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.hook_address";
        }

        @Override
        public String field() {
            return "address";
        }
    }

    record Enough() implements HookRefusal {
        @Override
        public String messageKey() {
            return "messaging.refused.hook_enough";
        }
    }
}
