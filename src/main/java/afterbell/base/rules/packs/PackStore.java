package afterbell.base.rules.packs;

import afterbell.base.rules.engine.RulePack;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class PackStore {
    private final JdbcClient sql;

    PackStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(UUID id, UUID bureau, RulePack pack, String body, Instant at, UUID by) {
        sql.sql("insert into rules.pack (pack_id, bureau_id, code, region, valid_from, body, added_at, added_by) values (:id, :b, :c, :r, :f, :body, :t, :by)")
                .param("id", id)
                .param("b", bureau)
                .param("c", pack.code())
                .param("r", pack.region())
                .param("f", pack.from())
                .param("body", body)
                .param("t", Timestamp.from(at))
                .param("by", by)
                .update();
    }

    /** Ends an edition that is in force; tells whether there was one of this bureau's. */
    boolean withdraw(UUID id, Instant at, UUID by) {
        return sql.sql("update rules.pack set withdrawn_at = :t, withdrawn_by = :by where pack_id = :id and withdrawn_at is null")
                        .param("id", id)
                        .param("t", Timestamp.from(at))
                        .param("by", by)
                        .update()
                == 1;
    }
}
