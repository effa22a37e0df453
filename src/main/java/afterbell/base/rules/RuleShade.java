package afterbell.base.rules;

import java.util.UUID;

/** A room above that knows rules which say nothing to a school, for example of fees where none is taken; they are left out of its list. */
public interface RuleShade {
    boolean hides(UUID school, String area);
}
