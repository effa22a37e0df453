package afterbell.reach.messaging;

import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses in bulk, for measurements and the demo world; people confirm their own on the page of ways. */
@Component
public class Ways {
    private final NamedParameterJdbcTemplate batch;
    private final PersonalData personal;
    private final StopSecret stops;
    private final Clock clock;

    Ways(NamedParameterJdbcTemplate batch, PersonalData personal, StopSecret stops, Clock clock) {
        this.batch = batch;
        this.personal = personal;
        this.stops = stops;
        this.clock = clock;
    }

    /** Takes over mail addresses that are known to be right, by account. */
    @Transactional
    public void confirmedMails(UUID school, Map<UUID, String> mails) {
        batch.batchUpdate(
                """
                insert into messaging.way (school_id, account_id, channel, chosen, way_key, sealed, confirmed_at, stop_hash)
                values (:s, :a, 'MAIL', true, :key, :sealed, :now, :stop) on conflict do nothing
                """,
                mails.entrySet().stream()
                        .map(e -> {
                            byte[] key = personal.newKey();
                            return new MapSqlParameterSource("s", school)
                                    .addValue("a", e.getKey())
                                    .addValue("key", key)
                                    .addValue("sealed", personal.seal(key, e.getValue()))
                                    .addValue("now", Timestamp.from(clock.instant()))
                                    .addValue("stop", stops.of(key).hash());
                        })
                        .toArray(MapSqlParameterSource[]::new));
    }
}
