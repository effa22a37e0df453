package afterbell.term.placement;

import afterbell.base.roster.PupilExit;
import java.time.Instant;
import java.time.LocalDate;
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
        List<UUID> open = sql.sql("select seat_id from placement.seat where school_id = :s and pupil_id in (:p) and ended_at is null order by section_id, seat_id")
                .param("s", school)
                .param("p", pupils)
                .query(UUID.class)
                .list();
        for (UUID seat : open) seats.leave(school, seat, by, at, firstAway.minusDays(1), "left-school");
        sql.sql("update placement.waiting set state = 'left', offered_at = null, held_until = null where school_id = :s and pupil_id in (:p) and state in ('waiting', 'offered')").param("s", school).param("p", pupils).update();
    }
}
