package afterbell.testing;

import afterbell.base.calendar.TermFollowers;
import afterbell.base.shared.Ids;
import afterbell.term.placement.PlacementEvent;
import afterbell.term.placement.Seats;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Seats and a published result, as a draw leaves them. */
public final class GivenResult {
    private final GivenSchool given;
    private final Seats seats;
    private final JdbcClient sql;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;
    private final TermFollowers followers;

    GivenResult(GivenSchool given, Seats seats, JdbcClient sql, ApplicationEventPublisher events, Ids ids, Clock clock, TermFollowers followers) {
        this.given = given;
        this.seats = seats;
        this.sql = sql;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.followers = followers;
    }

    /** Opens a section's counter and seats the children, all of one grade of the band {@code all}. */
    public void seat(UUID school, UUID section, int grade, List<UUID> pupils, LocalDate from) {
        given.in(school, () -> {
            sql.sql("""
                    insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity)
                    select school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity from programme.pub_section where school_id = :s and section_id = :x
                    on conflict do nothing
                    """).param("s", school).param("x", section).update();
            sql.sql("""
                    insert into placement.section_slot (school_id, section_id, band, slot_id)
                    select y.school_id, y.section_id, l.band, y.slot_id from programme.pub_section_slot y join calendar.pub_slot l using (school_id, slot_id)
                    where y.school_id = :s and y.section_id = :x on conflict do nothing
                    """).param("s", school).param("x", section).update();
            for (UUID p : pupils) {
                Seats.Answer answer = seats.take(school, new Seats.Wanted(ids.next(), p, section, grade, "all", 1), Seats.Source.DRAW, null, clock.instant(), from);
                if (!answer.has()) throw new AssertionError("no seat: " + answer);
            }
            return true;
        });
    }

    /** Publishes a result of the round that may be objected to for a while. */
    public UUID publish(UUID school, UUID round, UUID term, Duration objections) {
        UUID run = ids.next();
        Instant now = clock.instant();
        given.in(school, () -> {
            sql.sql("""
                    insert into placement.run (school_id, run_id, round_id, term_id, draw_order, state, created_at, created_by, published_at, published_by, objections_until)
                    values (:s, :run, :r, :t, 'fair', 'published', :now, :by, :now, :by, :until)
                    """)
                    .param("s", school)
                    .param("run", run)
                    .param("r", round)
                    .param("t", term)
                    .param("now", Timestamp.from(now))
                    .param("by", new UUID(0, 0))
                    .param("until", Timestamp.from(now.plus(objections)))
                    .update();
            followers.follow(school, term);
            events.publishEvent(new PlacementEvent.DrawPublished(school, term, run));
            return true;
        });
        return run;
    }
}
