package afterbell.day.custody;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The begin of a school's day: its children are looked up, and what was said about them before is told to their chains. */
@Component
public class DayOpening {
    private final ChildDays days;
    private final List<BeforeTheDay> known;

    DayOpening(ChildDays days, List<BeforeTheDay> known) {
        this.days = days;
        this.known = known;
    }

    /** Something that was said about days to come, for example a leave. */
    public interface BeforeTheDay {
        /** What the chains of this day should hear now; keys are made of what was said, so that hearing it again changes nothing. */
        List<ToldOf> of(UUID school, LocalDate day);
    }

    /** Opens the day, once. @return false where it was open already or there is no service */
    @Transactional
    public boolean open(UUID school, LocalDate day) {
        if (!days.open(school, day)) return false;
        for (BeforeTheDay before : known) days.tell(school, day, before.of(school, day));
        return true;
    }
}
