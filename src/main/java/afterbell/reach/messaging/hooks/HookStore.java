package afterbell.reach.messaging.hooks;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.crypto.PersonalData;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HookStore {
    private final JdbcClient sql;
    private final PersonalData personal;

    HookStore(JdbcClient sql, PersonalData personal) {
        this.sql = sql;
        this.personal = personal;
    }

    List<HooksPage.Hook> list(UUID school) {
        return sql.sql("""
                select h.webhook_id, h.name, h.address, h.made_at, count(*) filter (where d.state = 'SENT') as sent,
                       count(*) filter (where d.state in ('WAITING', 'CLAIMED', 'SENDING')) as waiting, count(*) filter (where d.state = 'FAILED') as failed
                from messaging.webhook h left join messaging.delivery d on d.school_id = h.school_id and d.webhook_id = h.webhook_id
                where h.school_id = :s and h.stopped_at is null group by h.school_id, h.webhook_id order by h.made_at
                """)
                .param("s", school)
                .query((r, n) -> new HooksPage.Hook(
                        r.getObject("webhook_id", UUID.class), r.getString("name"), host(r.getString("address")), r.getTimestamp("made_at").toInstant(), r.getInt("sent"), r.getInt("waiting"), r.getInt("failed")))
                .list();
    }

    private static String host(String address) {
        String host = URI.create(address).getHost();
        return host == null ? "" : host;
    }

    void add(UUID school, UUID id, String name, String address, String secret, Instant now, UUID by) {
        byte[] key = personal.newKey();
        sql.sql("insert into messaging.webhook (school_id, webhook_id, name, address, secret_key, secret_sealed, made_at, made_by) values (:s, :id, :name, :address, :key, :secret, :now, :by)")
                .param("s", school)
                .param("id", id)
                .param("name", name)
                .param("address", address)
                .param("key", key)
                .param("secret", personal.seal(key, secret))
                .param("now", Timestamp.from(now))
                .param("by", by)
                .update();
    }

    record Callable(String address, String secret) {}

    Callable get(UUID school, UUID id) {
        return sql.sql("select address, secret_key, secret_sealed from messaging.webhook where school_id = :s and webhook_id = :id and stopped_at is null")
                .param("s", school)
                .param("id", id)
                .query((r, n) -> new Callable(r.getString("address"), personal.open(r.getBytes("secret_key"), r.getBytes("secret_sealed"))))
                .optional()
                .orElseThrow(NotFound::new);
    }

    boolean stop(UUID school, UUID id, Instant now) {
        return sql.sql("update messaging.webhook set stopped_at = :now where school_id = :s and webhook_id = :id and stopped_at is null").param("now", Timestamp.from(now)).param("s", school).param("id", id).update() == 1;
    }
}
