package afterbell.term.placement;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The counters behind law 1, for measurements and checks of the whole house. */
@Component
public class SeatCounters {
    private final JdbcClient sql;

    SeatCounters(JdbcClient sql) {
        this.sql = sql;
    }

    /** Opens the counters of a term's published sections that have none yet, with the hours of a rush where there are any. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void open(UUID school, UUID term, @Nullable Instant opens, @Nullable Instant closes) {
        sql.sql("""
                insert into placement.section_seats (school_id, section_id, term_id, activity, grade_lo, grade_hi, capacity, opens_at, closes_at)
                select x.school_id, x.section_id, x.term_id, x.activity, x.grade_lo, x.grade_hi, x.capacity, :opens, :closes
                from programme.pub_section x where x.school_id = :s and x.term_id = :t and x.state = 'published' on conflict do nothing
                """)
                .param("opens", opens == null ? null : Timestamp.from(opens), Types.TIMESTAMP)
                .param("closes", closes == null ? null : Timestamp.from(closes), Types.TIMESTAMP)
                .param("s", school)
                .param("t", term)
                .update();
        sql.sql("""
                insert into placement.section_slot (school_id, section_id, band, slot_id)
                select y.school_id, y.section_id, l.band, y.slot_id
                from programme.pub_section_slot y join calendar.pub_slot l using (school_id, slot_id) join placement.section_seats c on c.school_id = y.school_id and c.section_id = y.section_id
                where y.school_id = :s and y.term_id = :t on conflict do nothing
                """)
                .param("s", school)
                .param("t", term)
                .update();
    }

    /** How many sections of a school are oversold, or count other than what is there; and children twice at one time. 0 where law 1 holds. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int broken(UUID school) {
        return sql.sql("""
                select (select count(*)::int from placement.section_seats c where c.school_id = :s
                        and (c.taken + c.held > c.capacity + c.over
                             or c.taken <> (select count(*) from placement.seat e where e.school_id = c.school_id and e.section_id = c.section_id and e.ended_at is null)
                             or c.held <> (select count(*) from placement.waiting w where w.school_id = c.school_id and w.section_id = c.section_id and w.state = 'offered')))
                     + (select count(*)::int from (select 1 from placement.seat_slot where school_id = :s group by pupil_id, slot_id having count(*) > 1) twice)
                """)
                .param("s", school)
                .query(Integer.class)
                .single();
    }
}
