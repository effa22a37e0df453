package afterbell.term.timetable;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Days can change without an act of the school: a bureau confirms the holidays of a year, a release ships new ones. Every few minutes each school's running
 * and coming terms are compared with what their sessions were made from, and filled again where they differ. Repeated or on many nodes it is the same.
 */
@Component
class FollowHolidaysJob {
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final Sessions sessions;
    private final Calendars calendars;
    private final TransactionTemplate transactions;
    private final Clock clock;

    FollowHolidaysJob(Sessions sessions, Calendars calendars, EverySchool schools, Rounds rounds, TransactionTemplate transactions, Clock clock) {
        this.sessions = sessions;
        this.calendars = calendars;
        this.transactions = transactions;
        this.clock = clock;
        rounds.every("follow-holidays", EVERY, () -> schools.run("follow-holidays", this::of));
    }

    /** Under the school's scope. */
    void of(UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        List<Term> terms = transactions.execute(t -> calendars.terms(school));
        if (terms == null) return;
        terms.stream().filter(term -> !term.dates().last().isBefore(today)).forEach(term -> sessions.catchUp(school, term.id()));
    }
}
