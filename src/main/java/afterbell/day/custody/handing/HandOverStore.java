package afterbell.day.custody.handing;

import afterbell.base.shared.db.Questions;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.Underway;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A class at the bell, with where each child goes first. */
@Component
class HandOverStore {
    /** @param session the first of the child's sessions, null for one that goes home @param who has that session @param stays whether it is in the class's own room */
    record Listed(UUID pupil, String name, State state, @Nullable UUID session, String to, String room, @Nullable UUID custodian, String who, boolean ownClass, boolean stays, Instant bell, boolean note) {}

    private final JdbcClient sql;
    private final Questions questions;

    HandOverStore(JdbcClient sql, Questions questions) {
        this.sql = sql;
        this.questions = questions;
    }

    /** Handed over is not yet received: after the walking time a child that nobody counted is on the sender's screen again. */
    @Transactional(readOnly = true)
    List<Underway> uncounted(UUID school, LocalDate day, UUID schoolClass) {
        return questions.ask(Underway.ofClass(school, day, schoolClass)).stream().filter(Underway::late).toList();
    }

    @Transactional(readOnly = true)
    List<Listed> list(UUID school, LocalDate day, UUID schoolClass) {
        return sql.sql("""
                select s.pupil_id, p.name, s.state, s.stop_sessions[1] as session, coalesce(x.name, c.name, '') as to_name, coalesce(r.name, '') as room, s.stop_custodians[1] as custodian,
                       coalesce(f.name, '') as who, coalesce(t.class_id = :c, false) as own,
                       coalesce(coalesce(t.room_id, case when t.class_id = :c then h.room_id end) = h.room_id, false) as stays, s.bell,
                       exists (select 1 from roster.pub_note o where o.school_id = s.school_id and o.pupil_id = s.pupil_id) as note
                from custody.standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                left join timetable.pub_session t on t.school_id = s.school_id and t.session_id = s.stop_sessions[1]
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join roster.pub_class h on h.school_id = s.school_id and h.class_id = s.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.stop_custodians[1]
                where s.school_id = :s and s.day = :d and s.class_id = :c
                order by own desc, t.starts, to_name, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("d", day)
                .param("c", schoolClass)
                .query((r, n) -> new Listed(
                        r.getObject("pupil_id", UUID.class),
                        r.getString("name"),
                        State.of(r.getString("state")),
                        r.getObject("session", UUID.class),
                        r.getString("to_name"),
                        r.getString("room"),
                        r.getObject("custodian", UUID.class),
                        r.getString("who"),
                        r.getBoolean("own"),
                        r.getBoolean("stays"),
                        r.getTimestamp("bell").toInstant(),
                        r.getBoolean("note")))
                .list();
    }
}
