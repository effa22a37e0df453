package afterbell.base.identity;

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

/** Names of accounts for readers of the record: colleagues and families of the school, as its policies show them. */
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
        sql.sql("select account_id, name from identity.account where account_id = any(:ids)").param("ids", ids.toArray(UUID[]::new)).query(r -> {
            found.put(r.getObject(1, UUID.class), r.getString(2));
        });
        return found;
    }

    @Override
    public Set<UUID> find(String words) {
        return new HashSet<>(sql.sql("select account_id from identity.account where strpos(lower(name), lower(:q)) > 0 limit 100").param("q", words).query(UUID.class).list());
    }
}
