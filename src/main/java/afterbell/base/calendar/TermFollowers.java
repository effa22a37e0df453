package afterbell.base.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Calls every room that follows a term; see {@link TermFollower}. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class TermFollowers {
    private final ObjectProvider<TermFollower> rooms;
    private final TermStore terms;

    TermFollowers(ObjectProvider<TermFollower> rooms, TermStore terms) {
        this.rooms = rooms;
        this.terms = terms;
    }

    /** Something of this term has changed. */
    public void follow(UUID school, UUID term) {
        rooms.orderedStream().forEach(room -> room.follow(school, term));
    }

    /** Days have changed: every term that holds one of them, or opens for holiday care around it, follows. */
    public void follow(UUID school, LocalDate from, LocalDate until) {
        List<UUID> touched = terms.all(school).stream()
                .filter(t -> !until.isBefore(t.dates().first()) && !from.isAfter(t.dates().last()) || terms.opens(school, t.id(), from, until))
                .map(Term::id)
                .toList();
        touched.forEach(term -> follow(school, term));
    }
}
