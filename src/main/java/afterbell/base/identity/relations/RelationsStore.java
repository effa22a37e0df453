package afterbell.base.identity.relations;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RelationsStore {
    private final JdbcClient sql;

    RelationsStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Somebody who acts for a child, and who let the person in; {@code byName} where the scope shows it. */
    record Related(UUID account, String name, String role, @Nullable String relation, Instant since, @Nullable UUID by, @Nullable String byName) {}

    List<Related> of(UUID school, UUID pupil) {
        return sql.sql("""
                select g.account_id, a.name, g.role, g.relation, g.granted_at, g.granted_by, b.name
                from identity.role_grant g join identity.account a using (account_id) left join identity.account b on b.account_id = g.granted_by
                where g.school_id = :s and g.pupil_id = :p and g.until is null and a.closed_at is null
                order by array_position(array['GUARDIAN', 'CARER', 'COLLECTOR'], g.role), g.granted_at, g.account_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Related(
                        r.getObject(1, UUID.class), r.getString(2), r.getString(3), r.getString(4), r.getTimestamp(5).toInstant(), r.getObject(6, UUID.class), r.getString(7)))
                .list();
    }
}
