package afterbell.day.custody;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The first days of a school with its service, as many as {@code custody.trial-days} says: everything is recorded and shown as on any day, and nobody is rung. A
 * school learns to hand over and to roll before a forgotten tap wakes families and head.
 */
@Component
public class Trial {
    private final Rules rules;
    private final CustodyStore store;

    Trial(Rules rules, CustodyStore store) {
        this.rules = rules;
        this.store = store;
    }

    /** Read under the school's scope. */
    public boolean on(UUID school, LocalDate day) {
        int days = rules.value(school, day, Rule.CUSTODY_TRIAL_DAYS);
        return days > 0 && store.servedBefore(school, day) < days;
    }
}
