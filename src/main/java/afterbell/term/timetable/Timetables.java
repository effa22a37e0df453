package afterbell.term.timetable;

import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Weeks of children, classes, sections and staff. Every read is one statement inside the caller's scope. */
@Component
@Transactional(readOnly = true)
public class Timetables {
    private static final String PLACES =
            """
            select p.pupil_id as pupil, q.name, p.class_id as school_class, p.weekday, p.ordinal, p.starts, p.ends, p.kind,
                   coalesce(p.section_name, case when p.kind = 'own' then k.name end, '') as what, coalesce(p.section_code, '') as code, coalesce(r.name, '') as room,
                   coalesce(case when p.section_id is not null
                            then (select string_agg(f.name, ' ' order by t.main desc, f.name) from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                                  where t.school_id = p.school_id and t.section_id = p.section_id)
                            else s.name end, '') as who, p.section_id as section
            from timetable.pub_place p
            join roster.pub_pupil q on q.school_id = p.school_id and q.pupil_id = p.pupil_id
            left join schools.pub_room r on r.school_id = p.school_id and r.room_id = p.room_id
            left join roster.pub_staff s on s.school_id = p.school_id and s.staff_id = p.duty_staff_id
            left join roster.pub_class k on k.school_id = p.school_id and k.class_id = p.merged_class_id
            where p.school_id = :s and p.term_id = :t
            """;
    private final JdbcClient sql;

    Timetables(JdbcClient sql) {
        this.sql = sql;
    }

    public List<Place> ofChild(UUID school, UUID term, UUID pupil) {
        return sql.sql(PLACES + " and p.pupil_id = :p order by p.weekday, p.ordinal").param("s", school).param("t", term).param("p", pupil).query(Place.class).list();
    }

    public List<Place> ofClass(UUID school, UUID term, UUID schoolClass) {
        return bySets(() -> sql.sql(PLACES + " and p.class_id = :c order by q.initials, p.pupil_id, p.weekday, p.ordinal")
                .param("s", school)
                .param("t", term)
                .param("c", schoolClass)
                .query(Place.class)
                .list());
    }

    /** Children of a section, each with the periods in which it meets. */
    public List<Place> ofSection(UUID school, UUID term, UUID section) {
        return bySets(() -> sql.sql(PLACES + " and p.section_id = :x order by p.grade, q.class_number, q.initials, p.pupil_id, p.weekday, p.ordinal")
                .param("s", school)
                .param("t", term)
                .param("x", section)
                .query(Place.class)
                .list());
    }

    /** The whole school, class by class; some ten rows a child. */
    public List<Place> ofSchool(UUID school, UUID term) {
        return bySets(() -> sql.sql(PLACES + " order by p.grade, q.class_number, q.initials, p.pupil_id, p.weekday, p.ordinal")
                .param("s", school)
                .param("t", term)
                .query(Place.class)
                .list());
    }

    /**
     * Until the database has counted freshly imported rows it takes a school for a handful of children and looks each one up in turn: minutes instead of half
     * a second. So the transaction reads by sets from here on.
     */
    private List<Place> bySets(Supplier<List<Place>> read) {
        sql.sql("select set_config('enable_nestloop', 'off', true)").query(String.class).single();
        return read.get();
    }

    /** The names of the classes that these places are of, in the places' order. */
    public Map<UUID, String> classNames(List<Place> places) {
        Map<UUID, String> names = new LinkedHashMap<>();
        places.forEach(p -> names.putIfAbsent(p.schoolClass(), ""));
        if (names.isEmpty()) return names;
        sql.sql("select class_id, name from roster.pub_class where class_id in (:c)").param("c", List.copyOf(names.keySet())).query((r, n) -> names.replace(r.getObject(1, UUID.class), r.getString(2))).list();
        return names;
    }

    /**
     * A meeting in somebody's week.
     *
     * @param settled false for a club whose places are still to be given: it has no dated sessions yet
     */
    public record Meeting(int weekday, int ordinal, LocalTime starts, LocalTime ends, String what, String room, int children, UUID section, boolean settled) {}

    public List<Meeting> ofStaff(UUID school, UUID term, UUID staff) {
        return sql.sql("""
                select distinct l.weekday, l.ordinal, l.starts, l.ends, x.name as what, coalesce(r.name, '') as room, coalesce(n.taken, 0) as children, x.section_id as section, n.section_id is not null as settled
                from programme.pub_section_teacher t
                join programme.pub_section x using (school_id, section_id)
                join programme.pub_section_slot y using (school_id, section_id)
                join calendar.pub_slot l on l.school_id = y.school_id and l.slot_id = y.slot_id
                left join schools.pub_room r on r.school_id = x.school_id and r.room_id = x.room_id
                left join placement.pub_section_seats n on n.school_id = x.school_id and n.section_id = x.section_id
                where t.school_id = :s and t.staff_id = :f and x.term_id = :t and x.state = 'published'
                union all
                select l.weekday, l.ordinal, l.starts, l.ends, c.name, coalesce(r.name, ''), 0, c.class_id, true
                from programme.pub_own_class_duty o
                join calendar.pub_slot l on l.school_id = o.school_id and l.slot_id = o.slot_id
                join roster.pub_class c on c.school_id = o.school_id and c.class_id = o.class_id
                left join schools.pub_room r on r.school_id = o.school_id and r.room_id = coalesce(o.room_id, c.room_id)
                where o.school_id = :s and o.staff_id = :f and o.term_id = :t and o.merged_into is null
                order by 1, 3, 5
                """)
                .param("s", school)
                .param("t", term)
                .param("f", staff)
                .query(Meeting.class)
                .list();
    }

    /** Everything that happens in a room in a week. */
    public List<Meeting> ofRoom(UUID school, UUID term, UUID room) {
        return sql.sql("""
                select distinct l.weekday, l.ordinal, l.starts, l.ends, x.name as what, '' as room, coalesce(n.taken, 0) as children, x.section_id as section, n.section_id is not null as settled
                from programme.pub_section x
                join programme.pub_section_slot y using (school_id, section_id)
                join calendar.pub_slot l on l.school_id = y.school_id and l.slot_id = y.slot_id
                left join placement.pub_section_seats n on n.school_id = x.school_id and n.section_id = x.section_id
                where x.school_id = :s and x.room_id = :r and x.term_id = :t and x.state = 'published'
                union all
                select l.weekday, l.ordinal, l.starts, l.ends, c.name, '', 0, c.class_id, true
                from programme.pub_own_class_duty o
                join calendar.pub_slot l on l.school_id = o.school_id and l.slot_id = o.slot_id
                join roster.pub_class c on c.school_id = o.school_id and c.class_id = o.class_id
                where o.school_id = :s and o.term_id = :t and o.merged_into is null and coalesce(o.room_id, c.room_id) = :r
                order by 1, 3, 5
                """)
                .param("s", school)
                .param("t", term)
                .param("r", room)
                .query(Meeting.class)
                .list();
    }
}
