package afterbell.reach.messaging.ways;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Addresses of one person. The same address serves all schools of the hat; each school keeps its own row. */
@Repository
class WayStore {
    private final JdbcClient sql;
    private final PersonalData personal;

    WayStore(JdbcClient sql, PersonalData personal) {
        this.sql = sql;
        this.personal = personal;
    }

    /** @param address opened */
    record Kept(boolean chosen, boolean confirmed, String address, String fault) {}

    Optional<Kept> find(UUID account, String channel) {
        return sql.sql("select chosen, confirmed_at, way_key, sealed, fault from messaging.way where account_id = :a and channel = :c and sealed is not null order by confirmed_at desc nulls last limit 1")
                .param("a", account)
                .param("c", channel)
                .query((r, n) -> new Kept(r.getBoolean("chosen"), r.getTimestamp("confirmed_at") != null, personal.open(r.getBytes("way_key"), r.getBytes("sealed")), r.getString("fault")))
                .optional();
    }

    /** An address that waits to be confirmed; a former one ends here. */
    void begin(Collection<UUID> schools, UUID account, String channel, byte[] key, String address, String lang, byte[] confirm, Instant until, byte @Nullable [] stop) {
        sql.sql("""
                insert into messaging.way (school_id, account_id, channel, chosen, way_key, sealed, lang, confirm_hash, confirm_until, stop_hash)
                select s, :a, :c, true, :key, :sealed, :lang, :confirm, :until, :stop from unnest(:schools::uuid[]) s
                on conflict (school_id, account_id, channel) do update
                set chosen = true, way_key = excluded.way_key, sealed = excluded.sealed, lang = excluded.lang, confirm_hash = excluded.confirm_hash,
                    confirm_until = excluded.confirm_until, stop_hash = excluded.stop_hash, confirmed_at = null, tries = 0, fault = ''
                """)
                .param("schools", schools.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .param("a", account)
                .param("c", channel)
                .param("key", key)
                .param("sealed", personal.seal(key, address))
                .param("lang", lang)
                .param("confirm", confirm)
                .param("until", Timestamp.from(until))
                .param("stop", stop)
                .update();
    }

    /** Counts the try, right or wrong; true where the code is right, in time and not tried too often. */
    boolean confirm(UUID account, String channel, byte[] hash, Instant now, int tries) {
        int counted = sql.sql("update messaging.way set tries = tries + 1 where account_id = :a and channel = :c and confirm_hash is not null and confirm_until > :now and tries < :most")
                .param("a", account)
                .param("c", channel)
                .param("now", Timestamp.from(now))
                .param("most", tries)
                .update();
        return counted > 0
                && sql.sql("update messaging.way set confirmed_at = :now, confirm_hash = null, confirm_until = null where account_id = :a and channel = :c and confirm_hash = :h")
                                .param("now", Timestamp.from(now))
                                .param("a", account)
                                .param("c", channel)
                                .param("h", hash)
                                .update()
                        > 0;
    }

    void choose(UUID account, String channel, boolean chosen) {
        sql.sql("update messaging.way set chosen = :on, fault = case when :on then '' else fault end where account_id = :a and channel = :c and sealed is not null").param("on", chosen).param("a", account).param("c", channel).update();
    }

    void remove(UUID account, String channel) {
        sql.sql("delete from messaging.way where account_id = :a and channel = :c").param("a", account).param("c", channel).update();
    }

    // The secret of a mail, without anybody signed in.

    Optional<String> secretMay(byte[] hash, Instant now) {
        return sql.sql("select messaging.door_way(:h, :now)").param("h", hash).param("now", Timestamp.from(now)).query((r, n) -> Optional.ofNullable(r.getString(1))).single();
    }

    boolean confirmBySecret(byte[] hash, Instant now) {
        return sql.sql("select messaging.door_confirm(:h, :now)").param("h", hash).param("now", Timestamp.from(now)).query(Boolean.class).single();
    }

    boolean stopBySecret(byte[] hash) {
        return sql.sql("select messaging.door_stop(:h)").param("h", hash).query(Boolean.class).single();
    }
}
