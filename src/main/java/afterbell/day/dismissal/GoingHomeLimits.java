package afterbell.day.dismissal;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The numbers of going home, as the rules say them to a school on a day (law 10). */
@Component
public class GoingHomeLimits {
    private final Rules rules;

    GoingHomeLimits(Rules rules) {
        this.rules = rules;
    }

    /** How long before its session ends a line may form. */
    public Duration line(UUID school, LocalDate day) {
        return Duration.ofMinutes(rules.value(school, day, Rule.DISMISSAL_LINE_MINUTES));
    }

    /** For how many days, today included, somebody may be sent with a code. */
    public int delegateDays(UUID school, LocalDate day) {
        return rules.value(school, day, Rule.DISMISSAL_DELEGATE_DAYS);
    }

    /** The most people sent for one child at a time. */
    public int delegates(UUID school, LocalDate day) {
        return rules.value(school, day, Rule.DISMISSAL_DELEGATES_MAX);
    }

    /** After how long a wait the next person hears of it, ascending. */
    public List<Duration> late(UUID school, LocalDate day) {
        return rules.value(school, day, Rule.DISMISSAL_LATE_MINUTES).stream().sorted().map(Duration::ofMinutes).toList();
    }

    /** How long a code on a phone stands. */
    public Duration code(UUID school, LocalDate day) {
        return Duration.ofSeconds(rules.value(school, day, Rule.DISMISSAL_CODE_SECONDS));
    }
}
