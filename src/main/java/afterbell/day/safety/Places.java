package afterbell.day.safety;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The school's areas and rooms. */
@Component
@Transactional(readOnly = true)
public class Places {
    private final JdbcClient sql;

    Places(JdbcClient sql) {
        this.sql = sql;
    }

    /** Areas first, then rooms, each by name; areas with who answers for them on the day. */
    public List<Place> of(UUID school, LocalDate day) {
        return sql.sql("""
                select kind, id, name, responsible from (
                select 'AREA' as kind, a.area_id as id, a.name, p.staff_id as responsible, a.name as place
                from schools.pub_area a left join duty.pub_post p on p.school_id = :s and p.day = :d and p.kind = 'patrol' and p.ref_id = a.area_id
                where a.school_id = :s
                union all select 'ROOM', room_id, name, null, code from schools.pub_room where school_id = :s) w order by kind, place, id
                """)
                .param("s", school)
                .param("d", Date.valueOf(day))
                .query(Place.class)
                .list();
    }
}
