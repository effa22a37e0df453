package afterbell.base.rules.packs;

import afterbell.base.shared.Refusal;
import java.util.List;

/** Why a bureau can't apply a pack that is otherwise sound. */
sealed interface PackRefused extends Refusal {

    @Override
    default String field() {
        return "text";
    }

    record Empty() implements PackRefused {
        @Override
        public String messageKey() {
            return "rules.pack.empty";
        }
    }

    /** A bureau writes rules for its own region and what lies in it. */
    record OtherRegion(String region, String own) implements PackRefused {
        @Override
        public String messageKey() {
            return "rules.pack.other_region";
        }

        @Override
        public List<Object> facts() {
            return List.of(region, own);
        }
    }

    /** The edition belongs to the release, the data folder or another bureau. */
    record NotYours(String code) implements PackRefused {
        @Override
        public String messageKey() {
            return "rules.pack.not_yours";
        }

        @Override
        public List<Object> facts() {
            return List.of(code);
        }
    }

    record ProductPack() implements PackRefused {
        @Override
        public String messageKey() {
            return "rules.pack.product";
        }
    }

    record NoPackFile(String messageKey, List<Object> facts) implements PackRefused {}
}
