package afterbell.testing;

import afterbell.base.identity.Hashes;
import afterbell.base.shared.Ids;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes people who have chosen to hear by mail or telephone. */
public final class GivenWays {
    private final GivenSchool given;
    private final JdbcClient sql;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;

    GivenWays(GivenSchool given, JdbcClient sql, PersonalData personal, Ids ids, Clock clock) {
        this.given = given;
        this.sql = sql;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
    }

    /** The person has confirmed the address and reads the language. */
    public void way(UUID school, UUID account, String channel, String address, String lang) {
        byte[] key = personal.newKey();
        given.in(school, () -> sql.sql("insert into messaging.way (school_id, account_id, channel, chosen, way_key, sealed, confirmed_at, lang, stop_hash) values (:s, :a, :c, true, :k, :x, :now, :l, :h)")
                .param("s", school)
                .param("a", account)
                .param("c", channel)
                .param("k", key)
                .param("x", personal.seal(key, address))
                .param("now", Timestamp.from(clock.instant()))
                .param("l", lang)
                .param("h", Hashes.of(account + channel))
                .update());
    }

    /** A guardian without a password for each child, reached by mail at {@code p<n>@families.test}. Quick, for many. */
    public List<UUID> familiesByMail(UUID school, List<UUID> pupils) {
        List<UUID> accounts = new ArrayList<>();
        Timestamp now = Timestamp.from(clock.instant());
        for (int i = 0; i < pupils.size(); i++) {
            UUID account = ids.next();
            UUID pupil = pupils.get(i);
            int n = i;
            accounts.add(account);
            given.in(school, () -> {
                sql.sql("insert into identity.account (account_id, name, created_at) values (:a, :n, :now)").param("a", account).param("n", "家长" + n).param("now", now).update();
                return sql.sql("insert into identity.role_grant (grant_id, account_id, role, school_id, pupil_id, granted_at) values (:g, :a, 'GUARDIAN', :s, :p, :now)")
                        .param("g", ids.next())
                        .param("a", account)
                        .param("s", school)
                        .param("p", pupil)
                        .param("now", now)
                        .update();
            });
            way(school, account, "MAIL", "p" + i + "@families.test", "zh");
        }
        return accounts;
    }
}
