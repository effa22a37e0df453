package afterbell.day.duty;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** How long before and after the service people stand at posts without a bell of their own, as the rules say (law 10). */
@Component
public class Margins {
    private final Rules rules;

    Margins(Rules rules) {
        this.rules = rules;
    }

    public Span.Margins of(UUID school, LocalDate day) {
        return new Span.Margins(rules.value(school, day, Rule.DUTY_BEFORE_MINUTES), rules.value(school, day, Rule.DUTY_AFTER_MINUTES));
    }
}
