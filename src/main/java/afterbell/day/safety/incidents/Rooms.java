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

    /** @param used a session of the day or a class is at home there */
    record Room(UUID id, String name, boolean used) {}

    /** Used ones first, each by name. */
    List<Room> of(UUID school, LocalDate day) {
        return sql.sql("""
                with used as (
                    select room_id from timetable.pub_session where school_id = :s and day = :d and state <> 'dropped' and room_id is not null
                    union select room_id from roster.pub_class where school_id = :s and room_id is not null
                )
                select r.room_id as id, r.name, u.room_id is not null as used from schools.pub_room r left join used u on u.room_id = r.room_id
                where r.school_id = :s order by 3 desc, 2, 1
                """)
                .param("s", school)
                .param("d", Date.valueOf(day))
                .query(Room.class)
                .list();
    }
}
