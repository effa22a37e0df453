package afterbell.term.placement;

import afterbell.base.roster.PupilExit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A child that leaves the school gives its seats back, so that the waiting lists move, and stands on no waiting list any more. */
@Component
class LeavingPupils implements PupilExit {
    private final JdbcClient sql;
    private final Seats seats;

    LeavingPupils(JdbcClient sql, Seats seats) {
        this.sql = sql;
        this.seats = seats;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY, readOnly = true)
    public int held(UUID school, UUID pupil) {
        return sql.sql("select count(*) from placement.seat where school_id = :s and pupil_id = :p and ended_at is null").param("s", school).param("p", pupil).query(Integer.class).single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void leave(UUID school, Collection<UUID> pupils, LocalDate firstAway, @Nullable UUID by, Instant at) {
        // Whoever comes after begins with the next week, as with every change of seats.
        Seats.Act act = new Seats.Act(by, at, firstAway.minusDays(1), firstAway.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)));
        record Waits(UUID term, UUID waiting, UUID pupil, UUID section) {}
        List<Waits> lists = sql.sql("select term_id as term, waiting_id as waiting, pupil_id as pupil, section_id as section from placement.waiting where school_id = :s and pupil_id in (:p) and state in ('waiting', 'offered') order by section_id, waiting_id")
                .param("s", school)
                .param("p", pupils)
                .query(Waits.class)
                .list();
        for (Waits w : lists) seats.leaveWaiting(school, w.term(), new Seats.Place(w.waiting(), w.pupil(), w.section()), act);
        List<UUID> open = sql.sql("select seat_id from placement.seat where school_id = :s and pupil_id in (:p) and ended_at is null order by section_id, seat_id")
                .param("s", school)
                .param("p", pupils)
                .query(UUID.class)
                .list();
        for (UUID seat : open) seats.leave(school, seat, act, "left_school");
    }
}
