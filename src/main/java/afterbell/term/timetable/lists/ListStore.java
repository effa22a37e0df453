package afterbell.term.timetable.lists;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Seats of a term by section and child. */
@Component
class ListStore {
    private final JdbcClient sql;

    ListStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param seat null for a section without children */
    record Row(UUID section, String code, String name, int capacity, @Nullable UUID seat, @Nullable UUID pupil, @Nullable String child, int grade, int number, @Nullable String className, String room, String who) {
        /** How the lists write the section: what is written is what is read again. */
        String title() {
            return code + " " + name;
        }

        String classCode() {
            return grade + "-" + number;
        }
    }

    /** Every published section, with a row per child, in the order of codes, classes and names. */
    List<Row> rows(UUID school, UUID term) {
        return sql.sql("""
                select x.section_id as section, x.code, x.name, x.capacity, e.seat_id as seat, e.pupil_id as pupil, p.name as child, coalesce(p.grade, 0) as grade,
                       coalesce(p.class_number, 0) as number, p.class_name, coalesce(r.name, '') as room,
                       coalesce((select string_agg(f.name, ' ' order by t.main desc, f.name) from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                                 where t.school_id = x.school_id and t.section_id = x.section_id), '') as who
                from programme.pub_section x
                left join (placement.pub_seat e join roster.pub_pupil p on p.school_id = e.school_id and p.pupil_id = e.pupil_id)
                     on e.school_id = x.school_id and e.section_id = x.section_id
                left join schools.pub_room r on r.school_id = x.school_id and r.room_id = x.room_id
                where x.school_id = :s and x.term_id = :t and x.state = 'published'
                order by x.code, p.grade, p.class_number, p.initials, p.pupil_id
                """)
                .param("s", school)
                .param("t", term)
                .query(Row.class)
                .list();
    }

    record Child(UUID pupil, String name, int grade, int number, String band) {
        String classCode() {
            return grade + "-" + number;
        }
    }

    /** Every child of the school with its band of the term. */
    List<Child> children(UUID school, UUID term) {
        return sql.sql("""
                select p.pupil_id as pupil, p.name, p.grade, p.class_number as number, coalesce(b.band, '') as band
                from roster.pub_pupil p left join calendar.pub_band b on b.school_id = p.school_id and b.term_id = :t and b.grade = p.grade
                where p.school_id = :s
                """)
                .param("s", school)
                .param("t", term)
                .query(Child.class)
                .list();
    }

    private record Meeting(UUID section, String title, String activity, int gradeLo, int gradeHi, boolean running, @Nullable String band, @Nullable UUID slot) {}

    /** Every published section with what the seats look at. */
    Map<UUID, ListPolicy.Section> sections(UUID school, UUID term) {
        Map<UUID, ListPolicy.Section> all = new LinkedHashMap<>();
        sql.sql("""
                select x.section_id as section, x.code || ' ' || x.name as title, x.activity, x.grade_lo, x.grade_hi, coalesce(n.state, 'running') = 'running' as running, l.band, l.slot_id as slot
                from programme.pub_section x
                left join placement.pub_section_seats n on n.school_id = x.school_id and n.section_id = x.section_id
                left join (programme.pub_section_slot y join calendar.pub_slot l on l.school_id = y.school_id and l.slot_id = y.slot_id)
                     on y.school_id = x.school_id and y.section_id = x.section_id
                where x.school_id = :s and x.term_id = :t and x.state = 'published'
                """)
                .param("s", school)
                .param("t", term)
                .query(Meeting.class)
                .list()
                .forEach(m -> {
                    ListPolicy.Section section = all.computeIfAbsent(m.section(), id -> new ListPolicy.Section(id, m.title(), m.activity(), m.gradeLo(), m.gradeHi(), m.running(), new HashMap<>()));
                    if (m.band() != null && m.slot() != null) section.slots().computeIfAbsent(m.band(), b -> new HashSet<>()).add(m.slot());
                });
        return all;
    }
}
