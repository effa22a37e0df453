package afterbell.day.custody;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.day.custody.childday.Limits;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The minutes of the child-day, as the rules say them to a school on a day (law 10). */
@Component
class LimitsOfRules {
    private final Rules rules;

    LimitsOfRules(Rules rules) {
        this.rules = rules;
    }

    Limits of(UUID school, LocalDate day) {
        return new Limits(
                minutes(school, day, Rule.CUSTODY_GRACE_MINUTES),
                minutes(school, day, Rule.ROLL_WALKING_MINUTES),
                minutes(school, day, Rule.CUSTODY_EARLY_MINUTES),
                minutes(school, day, Rule.CUSTODY_LATE_MINUTES),
                minutes(school, day, Rule.CUSTODY_CALLED_OUT_MINUTES),
                minutes(school, day, Rule.CUSTODY_UNDO_MINUTES),
                rules.value(school, day, Rule.CUSTODY_ESCALATION_MINUTES).stream().sorted().map(Duration::ofMinutes).toList());
    }

    private Duration minutes(UUID school, LocalDate day, Rule<Integer> rule) {
        return Duration.ofMinutes(rules.value(school, day, rule));
    }
}
