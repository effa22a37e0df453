package afterbell.term.placement.waiting;

import afterbell.base.shared.db.Question;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class OfferStore {
    private final JdbcClient sql;

    OfferStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Read through a door: ids of schools alone. */
    List<UUID> schoolsDue(Instant at) {
        return sql.sql("select s from placement.door_due(:at) s").param("at", Timestamp.from(at)).query(UUID.class).list();
    }

    @Nullable UUID term(UUID school) {
        return sql.sql("select term_id from placement.waiting where school_id = :s order by since desc limit 1").param("s", school).query(UUID.class).optional().orElse(null);
    }

    /** Sections with a free seat and somebody who waits, in the order in which they are locked. */
    List<UUID> refillable(UUID school) {
        return sql.sql("""
                select c.section_id from placement.section_seats c
                where c.school_id = :s and c.state = 'running' and c.taken + c.held < c.capacity + c.over
                  and exists (select 1 from placement.waiting w where w.school_id = c.school_id and w.section_id = c.section_id and w.state = 'waiting')
                order by 1
                """)
                .param("s", school)
                .query(UUID.class)
                .list();
    }

    record Gone(UUID waiting, UUID pupil, UUID section, UUID term) {}

    /** Places of children who have left the school. */
    List<Gone> placesOfLeavers(UUID school) {
        return sql.sql("""
                select w.waiting_id as waiting, w.pupil_id as pupil, w.section_id as section, w.term_id as term from placement.waiting w
                where w.school_id = :s and w.state in ('waiting', 'offered') and not exists (select 1 from roster.pub_pupil p where p.school_id = w.school_id and p.pupil_id = w.pupil_id)
                order by w.section_id
                """)
                .param("s", school)
                .query(Gone.class)
                .list();
    }

    /** Open seats of children who have left the school, in a term that still runs. */
    List<UUID> seatsOfLeavers(UUID school, UUID term) {
        return sql.sql("""
                select e.seat_id from placement.seat e
                where e.school_id = :s and e.term_id = :t and e.ended_at is null and not exists (select 1 from roster.pub_pupil p where p.school_id = e.school_id and p.pupil_id = e.pupil_id)
                order by e.section_id
                """)
                .param("s", school)
                .param("t", term)
                .query(UUID.class)
                .list();
    }

    record Untold(UUID waiting, UUID pupil, String state, String section, @Nullable Instant heldUntil) {}

    /** What families have not been told yet; nobody else tells it meanwhile. */
    List<Untold> untold(UUID school) {
        return sql.sql("""
                select w.waiting_id as waiting, w.pupil_id as pupil, w.state, x.name as section, w.held_until
                from placement.waiting w join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                where w.school_id = :s and w.told_at is null and w.state in ('offered', 'taken') order by w.waiting_id for update of w skip locked
                """)
                .param("s", school)
                .query(Untold.class)
                .list();
    }

    void told(UUID school, Collection<UUID> places, Instant at) {
        sql.sql("update placement.waiting set told_at = :at where school_id = :s and waiting_id = any(:ids)")
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("ids", places.toArray(UUID[]::new))
                .update();
    }

    record Unanswered(UUID pupil, String name, String className, String section, Instant until) {}

    static Question<Unanswered> unansweredOf(UUID school, Collection<UUID> classes) {
        return new Question<>(
                Unanswered.class,
                """
                select p.pupil_id as pupil, p.name, p.class_name, x.name as section, w.held_until as until
                from placement.waiting w
                join roster.pub_pupil p on p.school_id = w.school_id and p.pupil_id = w.pupil_id
                join programme.pub_section x on x.school_id = w.school_id and x.section_id = w.section_id
                where w.school_id = :s and w.state = 'offered' and p.class_id = any(:classes) order by w.held_until, p.initials
                """,
                Map.of("s", school, "classes", classes.toArray(UUID[]::new)));
    }
}
