package afterbell.day.safety;

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

    /** Areas first, then rooms, each by name. */
    public List<Place> of(UUID school) {
        return sql.sql("""
                select 'AREA' as kind, area_id as id, name from schools.pub_area where school_id = :s
                union all select 'ROOM', room_id, name from schools.pub_room where school_id = :s order by 1, 3, 2
                """)
                .param("s", school)
                .query(Place.class)
                .list();
    }
}
