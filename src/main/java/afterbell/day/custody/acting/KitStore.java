package afterbell.day.custody.acting;

import afterbell.base.shared.access.Wearer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The screens of a person's duty today. */
@Component
class KitStore {
    private final JdbcClient sql;

    KitStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** The afternoon itself, the hand-over of the person's classes, the roll of the person's sessions; in one statement. */
    List<String> pages(Wearer me, LocalDate day) {
        List<String> pages = new ArrayList<>(List.of("/afternoon"));
        pages.addAll(sql.sql("""
                select '/classes/' || c.class_id || '/hand-over' as page, 0 as part, c.grade::text as nth, c.number::text as sub
                from roster.pub_class c
                where c.school_id = :s and (c.class_id = any(:classes::uuid[])
                    or c.class_id in (select p.ref_id from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'class' and p.account_id = :a))
                union all
                select '/sessions/' || t.session_id || '/roll-call', 1, t.starts::text, t.session_id::text
                from timetable.pub_session t join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id and l.service_class <> 'noon'
                where t.school_id = :s and t.day = :d and t.state <> 'dropped' and t.session_id in (
                    select p.ref_id from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'session' and p.account_id = :a
                    union
                    select n.session_id from timetable.pub_session n
                    join programme.pub_section_teacher x on x.school_id = n.school_id and x.section_id = n.section_id
                    join roster.pub_staff f on f.school_id = x.school_id and f.staff_id = x.staff_id and f.account_id = :a and f.kind <> 'outside'
                    where n.school_id = :s and n.day = :d)
                order by part, nth, sub
                """)
                .param("s", me.school())
                .param("d", day)
                .param("a", me.account())
                .param("classes", me.classes().stream().map(Object::toString).collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> r.getString("page"))
                .list());
        return pages;
    }
}
