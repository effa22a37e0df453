package afterbell.day.custody.paper;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.paper.PaperPage.Child;
import afterbell.day.custody.paper.PaperPage.Sheet;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** All sheets in one statement. */
@Component
class PaperStore {
    private final JdbcClient sql;

    PaperStore(JdbcClient sql) {
        this.sql = sql;
    }

    private record Line(UUID session, String name, String room, LocalTime starts, LocalTime ends, String teacher, Child child) {}

    @Transactional(readOnly = true)
    List<Sheet> sheets(Wearer me, LocalDate day) {
        Map<UUID, List<Line>> lines = sql.sql("""
                with posts as materialized (
                    select p.ref_id as session_id, p.staff_id, p.account_id from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'session'),
                mine as materialized (
                    select session_id from posts where account_id = :a
                    union
                    select t.session_id from timetable.pub_session t
                    join programme.pub_section_teacher n on n.school_id = t.school_id and n.section_id = t.section_id
                    join roster.pub_staff m on m.school_id = n.school_id and m.staff_id = n.staff_id and m.account_id = :a and m.kind <> 'outside'
                    where t.school_id = :s and t.day = :d
                    union
                    select t.session_id from timetable.pub_session t where t.school_id = :s and t.day = :d and (:all or t.class_id = any(:classes::uuid[]))),
                expected as materialized (
                    select g.pupil_id, g.state, x.session_id from custody.standing g cross join lateral unnest(g.stop_sessions) as x(session_id) where g.school_id = :s and g.day = :d),
                children as materialized (
                    select e.session_id, e.state, p.pupil_id, p.name, p.class_name, p.grade, p.class_number, p.initials
                    from expected e join roster.pub_pupil p on p.school_id = :s and p.pupil_id = e.pupil_id where e.session_id in (select session_id from mine))
                select t.session_id, coalesce(x.name, c.name) as title, coalesce(r.name, '') as room, t.starts, t.ends, coalesce(f.name, '') as teacher, g.name, g.class_name, g.state
                from children g
                join timetable.pub_session t on t.school_id = :s and t.session_id = g.session_id and t.state <> 'dropped'
                join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id and l.service_class <> 'noon'
                left join posts o on o.session_id = t.session_id
                left join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = o.staff_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                order by t.starts, title, t.session_id, g.grade, g.class_number, g.initials, g.pupil_id
                """)
                .param("s", me.school())
                .param("d", day)
                .param("a", me.account())
                .param("all", me.is(Role.DUTY_LEADER))
                .param("classes", me.classes().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> {
                    State state = State.of(r.getString("state"));
                    Child child = new Child(r.getString("name"), r.getString("class_name"), state, state == State.NOT_AT_SCHOOL || state == State.ON_LEAVE || state.left());
                    return new Line(r.getObject("session_id", UUID.class), r.getString("title"), r.getString("room"), r.getObject("starts", LocalTime.class), r.getObject("ends", LocalTime.class), r.getString("teacher"), child);
                })
                .list()
                .stream()
                .collect(Collectors.groupingBy(Line::session, LinkedHashMap::new, Collectors.toList()));
        return lines.values().stream().map(PaperStore::sheet).toList();
    }

    private static Sheet sheet(List<Line> children) {
        Line first = children.getFirst();
        return new Sheet(first.session(), first.name(), first.room(), first.starts(), first.ends(), first.teacher(), children.stream().map(Line::child).toList());
    }
}
