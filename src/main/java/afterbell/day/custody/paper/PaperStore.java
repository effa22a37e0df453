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
                select t.session_id, coalesce(x.name, c.name) as title, coalesce(r.name, '') as room, t.starts, t.ends, coalesce(f.name, '') as teacher, p.name, p.class_name, g.state
                from timetable.pub_session t
                join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id and l.service_class <> 'noon'
                join custody.standing g on g.school_id = t.school_id and g.day = t.day and t.session_id = any(g.stop_sessions)
                join roster.pub_pupil p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                left join duty.pub_post o on o.school_id = t.school_id and o.day = t.day and o.kind = 'session' and o.ref_id = t.session_id
                left join roster.pub_staff f on f.school_id = o.school_id and f.staff_id = o.staff_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                where t.school_id = :s and t.day = :d and t.state <> 'dropped' and (:all or o.account_id = :a or t.class_id = any(:classes::uuid[]) or exists (
                    select 1 from programme.pub_section_teacher n join roster.pub_staff m on m.school_id = n.school_id and m.staff_id = n.staff_id
                    where n.school_id = t.school_id and n.section_id = t.section_id and m.account_id = :a and m.kind <> 'outside'))
                order by t.starts, title, t.session_id, p.grade, p.class_number, p.initials, p.pupil_id
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
        return lines.values().stream()
                .map(all -> all.getFirst())
                .map(l -> new Sheet(l.session(), l.name(), l.room(), l.starts(), l.ends(), l.teacher(), lines.get(l.session()).stream().map(Line::child).toList()))
                .toList();
    }
}
