package afterbell.day.custody;

import afterbell.day.custody.Afternoon.SessionNow;
import afterbell.day.custody.childday.DayPlan;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A session and the asking person's part in it, in one statement. */
@Component
class AfternoonStore {
    private final JdbcClient sql;

    AfternoonStore(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<SessionNow> session(UUID school, UUID account, Collection<UUID> classes, UUID session) {
        return sql.sql("""
                with leader as materialized (
                    select p.staff_id, p.account_id from timetable.pub_session s join duty.pub_post p on p.school_id = s.school_id and p.day = s.day and p.kind = 'leader'
                    where s.school_id = :s and s.session_id = :x)
                select s.session_id as id, s.day, coalesce(x.name, c.name) as name, coalesce(r.name, '') as room, s.starts, s.ends, s.state = 'dropped' as dropped, s.class_id as school_class,
                       coalesce(p.staff_id, l.staff_id) as custodian, coalesce(f.name, '') as custodian_name,
                       coalesce(p.account_id = :a, false) or s.class_id = any(:classes::uuid[])
                           or exists (select 1 from programme.pub_section_teacher t join roster.pub_staff o on o.school_id = t.school_id and o.staff_id = t.staff_id
                                      where t.school_id = s.school_id and t.section_id = s.section_id and o.account_id = :a and o.kind <> 'outside') as mine,
                       coalesce(l.account_id = :a, false) as leader
                from timetable.pub_session s
                left join duty.pub_post p on p.school_id = s.school_id and p.day = s.day and p.kind = 'session' and p.ref_id = s.session_id
                left join leader l on true
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = coalesce(p.staff_id, l.staff_id)
                left join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
                left join roster.pub_class c on c.school_id = s.school_id and c.class_id = s.class_id
                left join schools.pub_room r on r.school_id = s.school_id and r.room_id = s.room_id
                where s.school_id = :s and s.session_id = :x
                """)
                .param("s", school)
                .param("x", session)
                .param("a", account)
                .param("classes", classes.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> new SessionNow(
                        r.getObject("id", UUID.class),
                        r.getObject("day", LocalDate.class),
                        r.getString("name"),
                        r.getString("room"),
                        r.getObject("starts", LocalTime.class),
                        r.getObject("ends", LocalTime.class),
                        r.getBoolean("dropped"),
                        r.getObject("school_class", UUID.class),
                        r.getObject("custodian", UUID.class),
                        r.getString("custodian_name"),
                        r.getBoolean("mine"),
                        r.getBoolean("leader")))
                .optional();
    }

    /** What became of a session in the course of the day, as the plans of its children say, oldest first. */
    List<DayPlan.Turn> turns(UUID school, LocalDate day, UUID session) {
        return sql.sql("""
                select t.from_staff, t.to_staff, t.at
                from (select turn_sessions, turn_from, turn_to, turn_at from custody.standing where school_id = :s and day = :d and :x = any(turn_sessions)
                      order by cardinality(array_positions(turn_sessions, :x::uuid)) desc, pupil_id limit 1) g
                cross join unnest(g.turn_sessions, g.turn_from, g.turn_to, g.turn_at) with ordinality as t (session_id, from_staff, to_staff, at, n)
                where t.session_id = :x order by t.n
                """)
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query((r, n) -> new DayPlan.Turn(session, r.getObject("from_staff", UUID.class), r.getObject("to_staff", UUID.class), r.getTimestamp("at").toInstant()))
                .list();
    }
}
