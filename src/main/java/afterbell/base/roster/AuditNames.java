package afterbell.base.roster;

import afterbell.base.audit.NameSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Names of children and classes for readers of the record, those who have left as well. */
@Component
@Transactional(readOnly = true)
class AuditNames implements NameSource {
    private final JdbcClient sql;

    AuditNames(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public Map<UUID, String> names(Collection<UUID> ids) {
        Map<UUID, String> found = new HashMap<>();
        sql.sql("select pupil_id, name from roster.pupil where pupil_id = any(:ids) union all select class_id, name from roster.class where class_id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(r -> {
                    found.put(r.getObject(1, UUID.class), r.getString(2));
                });
        return found;
    }

    @Override
    public Set<UUID> find(String words) {
        return new HashSet<>(sql.sql("select pupil_id from roster.pupil where strpos(name, :q) > 0 or strpos(initials, lower(:q)) = 1 limit 100").param("q", words).query(UUID.class).list());
    }
}
