package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Sessions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The dated sessions of the demo school's term: own-class care of every class; clubs follow with the draw. */
@Component
@Order(80)
@ConditionalOnProperty("afterbell.demo")
final class TimetableChapter implements DemoChapter {
    private final Sessions sessions;
    private final Calendars calendars;
    private final TransactionTemplate transactions;
    private final Clock clock;

    TimetableChapter(Sessions sessions, Calendars calendars, TransactionTemplate transactions, Clock clock) {
        this.sessions = sessions;
        this.calendars = calendars;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        transactions.executeWithoutResult(t -> calendars.termAt(school, today).ifPresent(term -> sessions.fill(school, term.id())));
    }
}
