package afterbell.day.safety.incidents;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Rooms in which children may be, for the head count. */
@Repository
@Transactional(readOnly = true)
class Rooms {
    private final JdbcClient sql;

    Rooms(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param used a session of the day or a class is at home there @param expected children who should be there by the chain of custody, as it stands now */
    record Room(UUID id, String name, boolean used, int expected) {}

    /** Where most children should be first, then used ones, then the others, by name. */
    List<Room> of(UUID school, LocalDate day) {
        return sql.sql("""
                with used as (
                    select room_id from timetable.pub_session where school_id = :s and day = :d and state <> 'dropped' and room_id is not null
                    union select room_id from roster.pub_class where school_id = :s and room_id is not null
                ), there as (
                    select coalesce(x.room_id, c.room_id) as room_id, count(*)::int as expected
                    from custody.pub_standing t
                    left join timetable.pub_session x on x.school_id = t.school_id and x.session_id = t.session_id
                    left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                    where t.school_id = :s and t.day = :d and t.state in ('expected', 'in_class', 'between', 'present', 'called_out', 'missing', 'traced', 'waiting_late', 'disputed')
                    group by 1
                )
                select r.room_id as id, r.name, u.room_id is not null as used, coalesce(t.expected, 0) as expected
                from schools.pub_room r left join used u on u.room_id = r.room_id left join there t on t.room_id = r.room_id
                where r.school_id = :s order by 4 desc, 3 desc, r.code
                """)
                .param("s", school)
                .param("d", Date.valueOf(day))
                .query(Room.class)
                .list();
    }
}
