package afterbell.day.safety;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether the grounds were walked on a day: asked before a school is cleared (R87, R88). */
@Component
@Transactional(readOnly = true)
public class Patrols {
    private final JdbcClient sql;

    Patrols(JdbcClient sql) {
        this.sql = sql;
    }

    /** An area on a day. @param at when it was walked last, null for not yet */
    public record Area(UUID id, String name, @Nullable Instant at) {}

    /** @param areas all of the school, by name; a school without areas has nothing to walk */
    public record Walk(List<Area> areas) {
        public List<Area> missing() {
            return areas.stream().filter(a -> a.at() == null).toList();
        }

        public boolean complete() {
            return missing().isEmpty();
        }

        /** Those that were not walked since that moment: whatever stood there before is no proof that nobody is there now. */
        public List<Area> since(Instant moment) {
            return areas.stream().filter(a -> a.at() == null || a.at().isBefore(moment)).toList();
        }
    }

    public Walk walked(UUID school, LocalDate day) {
        return new Walk(sql.sql("""
                select a.area_id, a.name, w.at from schools.pub_area a
                left join safety.pub_walk w on w.school_id = a.school_id and w.day = :d and w.area_id = a.area_id
                where a.school_id = :s order by a.name, a.area_id
                """)
                .param("s", school)
                .param("d", day)
                .query((r, n) -> new Area(r.getObject("area_id", UUID.class), r.getString("name"), instant(r.getTimestamp("at"))))
                .list());
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
