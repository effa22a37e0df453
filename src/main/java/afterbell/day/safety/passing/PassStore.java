package afterbell.day.safety.passing;

import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class PassStore {
    private static final String PASS = """
            select p.pupil_id as pupil, p.name, p.class_name as school_class, coalesce(s.state, 'unknown') as state, s.until, s.bell
            from roster.pub_pupil p left join custody.pub_standing s on s.school_id = p.school_id and s.pupil_id = p.pupil_id and s.day = :d
            where p.school_id = :s
            """;

    private final JdbcClient sql;

    PassStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Pass> onLeave(UUID school, LocalDate day) {
        return sql.sql(PASS + " and s.state = 'on_leave' order by p.grade, p.class_number, p.initials, p.pupil_id").param("s", school).param("d", Date.valueOf(day)).query(Pass.class).list();
    }

    Optional<Pass> of(UUID school, LocalDate day, UUID pupil) {
        return sql.sql(PASS + " and p.pupil_id = :p").param("s", school).param("d", Date.valueOf(day)).param("p", pupil).query(Pass.class).optional();
    }
}
