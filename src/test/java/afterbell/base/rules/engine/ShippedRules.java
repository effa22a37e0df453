package afterbell.base.rules.engine;

import afterbell.base.rules.RuleSource;

/** The shipped packs for tests of later rooms. */
public final class ShippedRules {
    private ShippedRules() {}

    public static RuleSource book() {
        return Packs.book();
    }
}
