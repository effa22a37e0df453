package afterbell.base.identity.account;

import afterbell.base.identity.Accounts;
import afterbell.base.identity.How;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The person's own rows, under the account's own scope. */
@Component
class AccountStore {
    private final JdbcClient sql;
    private final PersonalData personal;
    private final Accounts accounts;
    private final Clock clock;

    AccountStore(JdbcClient sql, PersonalData personal, Accounts accounts, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * @param userName empty where the person has none
     * @param passwordHash null where the person signs in without
     * @param phone canonical, empty where none is known
     * @param phoneProved whether a code sent there was shown
     * @param factorSince null without a second factor
     * @param recoveryCodes how many are left
     */
    record Kept(String userName, String name, @Nullable String passwordHash, String phone, boolean phoneProved, @Nullable Instant factorSince, int recoveryCodes) {}

    /** @param id the beginning of the row's key, which is a hash and opens nothing */
    record Session(String id, String device, Instant since, Instant seenAt, How how, boolean strong) {}

    Kept kept(UUID account) {
        return sql.sql("""
                select coalesce(a.user_name, ''), a.name, c.password_hash, c.person_key, c.phone_cipher, c.phone_proved_at is not null, c.totp_since,
                       (select count(*) from identity.recovery_code r where r.account_id = a.account_id)
                from identity.account a join identity.credential c using (account_id) where a.account_id = :a
                """)
                .param("a", account)
                .query((r, n) -> new Kept(r.getString(1), r.getString(2), r.getString(3), phone(r), r.getBoolean(6), instant(r.getTimestamp(7)), r.getInt(8)))
                .single();
    }

    private String phone(ResultSet r) throws SQLException {
        byte[] sealed = r.getBytes(5);
        return sealed == null ? "" : personal.open(Objects.requireNonNull(r.getBytes(4)), sealed);
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    List<Session> sessions(UUID account) {
        Instant now = clock.instant();
        return sql.sql("""
                select encode(substring(token_hash for 12), 'hex'), device, created_at, seen_at, how, coalesce(strong_until > :now, false)
                from identity.session
                where account_id = :a and expires_at > :now and (idle_minutes is null or seen_at + idle_minutes * interval '1 minute' > :now)
                order by seen_at desc, created_at desc limit 50
                """)
                .param("a", account)
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Session(
                        r.getString(1), r.getString(2), r.getTimestamp(3).toInstant(), r.getTimestamp(4).toInstant(), How.valueOf(r.getString(5).toUpperCase(Locale.ROOT)), r.getBoolean(6)))
                .list();
    }

    Optional<Instant> openedAt(byte[] session) {
        return sql.sql("select created_at from identity.session where token_hash = :h").param("h", session).query((r, n) -> r.getTimestamp(1).toInstant()).optional();
    }

    /** Ends one session; the own one too. */
    int end(UUID account, String id) {
        return sql.sql("delete from identity.session where account_id = :a and encode(substring(token_hash for 12), 'hex') = :id").param("a", account).param("id", id).update();
    }

    int endOthers(UUID account, byte[] own) {
        return sql.sql("delete from identity.session where account_id = :a and token_hash <> :own").param("a", account).param("own", own).update();
    }

    /** The same login may belong to somebody else: the database decides, and the answer is false. */
    boolean taken(String userName) {
        // Whether a name is free is asked of the door that signs in: the own scope sees the own row alone.
        return !sql.sql("select account_id from identity.door_account(:login, null)").param("login", userName).query(UUID.class).list().isEmpty();
    }

    void userName(UUID account, String userName) {
        sql.sql("update identity.account set user_name = :n where account_id = :a").param("n", userName.isEmpty() ? null : userName, Types.VARCHAR).param("a", account).update();
    }

    void name(UUID account, String name) {
        sql.sql("update identity.account set name = :n where account_id = :a").param("n", name).param("a", account).update();
    }

    void password(UUID account, String hash) {
        sql.sql("update identity.credential set password_hash = :h, failures = 0, locked_until = null where account_id = :a").param("h", hash).param("a", account).update();
    }

    /** The phone has been proved a moment ago. */
    boolean phone(UUID account, String phone) {
        byte[] key = Objects.requireNonNull(sql.sql("select person_key from identity.credential where account_id = :a for update").param("a", account).query((r, n) -> Optional.ofNullable(r.getBytes(1))).single())
                .orElseGet(personal::newKey);
        return sql.sql("update identity.credential set person_key = :key, phone_cipher = :cipher, phone_hmac = :hmac, phone_proved_at = :now where account_id = :a")
                        .param("key", key)
                        .param("cipher", personal.seal(key, phone))
                        .param("hmac", accounts.trace(phone))
                        .param("now", Timestamp.from(clock.instant()))
                        .param("a", account)
                        .update()
                > 0;
    }

    /** False where the phone is the only way in. */
    boolean dropPhone(UUID account) {
        return sql.sql("""
                update identity.credential c set phone_cipher = null, phone_hmac = null, phone_proved_at = null
                where c.account_id = :a
                  and (c.password_hash is not null and exists (select 1 from identity.account a where a.account_id = c.account_id and a.user_name is not null)
                       or exists (select 1 from identity.passkey p where p.account_id = c.account_id))
                """)
                        .param("a", account)
                        .update()
                > 0;
    }
}
