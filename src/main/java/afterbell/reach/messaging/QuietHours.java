package afterbell.reach.messaging;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** When a telephone may ring: the first moment from now on outside the quiet hours of the rules that hold for the school. */
@Component
public final class QuietHours {
    private final Rules rules;

    QuietHours(Rules rules) {
        this.rules = rules;
    }

    public Instant next(UUID school, Instant now) {
        ZonedDateTime here = now.atZone(Screen.ZONE);
        return next(here, rules.value(school, here.toLocalDate(), Rule.QUIET_FROM), rules.value(school, here.toLocalDate(), Rule.QUIET_UNTIL)).toInstant();
    }

    /** Equal ends mean no quiet hours at all. */
    static ZonedDateTime next(ZonedDateTime now, LocalTime from, LocalTime until) {
        LocalTime time = now.toLocalTime();
        boolean overnight = from.isAfter(until);
        boolean quiet = overnight ? !time.isBefore(from) || time.isBefore(until) : !time.isBefore(from) && time.isBefore(until);
        if (!quiet) return now;
        ZonedDateTime end = now.with(until);
        return end.isAfter(now) ? end : end.plusDays(1);
    }
}
