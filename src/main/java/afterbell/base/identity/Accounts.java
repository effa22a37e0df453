package afterbell.base.identity;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.sql.Types;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes accounts and grants roles; the caller's scope decides for which school. */
@Component
public class Accounts {
    private static final String PHONE = "phone";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private final PersonalData personal;
    private final Revocations revocations;

    Accounts(JdbcClient sql, TransactionTemplate transactions, Ids ids, Clock clock, PasswordEncoder passwords, PersonalData personal, Revocations revocations) {
        this.sql = sql;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.passwords = passwords;
        this.personal = personal;
        this.revocations = revocations;
    }

    /**
     * A new account. The user name may be null for whoever signs in by phone, slip or link alone; so may the password. The password is hashed before
     * the transaction begins: it takes long on purpose, and no connection should wait for it.
     */
    public UUID add(@Nullable String userName, String name, @Nullable String password) {
        @Nullable String hash = password == null ? null : passwords.encode(password);
        return add(userName, name, hash, null);
    }

    /**
     * A new account that is found by its phone. Several people may share one: then the phone's code asks who of them it is.
     *
     * @param phone canonical, as {@code Phones} reads it
     */
    public UUID addByPhone(String phone, String name) {
        return add(null, name, null, phone);
    }

    private UUID add(@Nullable String userName, String name, @Nullable String passwordHash, @Nullable String phone) {
        UUID account = ids.next();
        byte[] key = phone == null ? null : personal.newKey();
        transactions.executeWithoutResult(t -> {
            sql.sql("insert into identity.account (account_id, user_name, name, created_at) values (:id, :user, :name, :now)")
                    .param("id", account)
                    .param("user", userName == null ? null : loginOf(userName))
                    .param("name", name)
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
            sql.sql("insert into identity.credential (account_id, password_hash, person_key, phone_cipher, phone_hmac) values (:id, :hash, :key, :cipher, :hmac)")
                    .param("id", account)
                    .param("hash", passwordHash)
                    .param("key", key, Types.BINARY)
                    .param("cipher", phone == null || key == null ? null : personal.seal(key, phone), Types.BINARY)
                    .param("hmac", phone == null ? null : trace(phone), Types.BINARY)
                    .update();
        });
        return account;
    }

    /** A user name or phone as typed, in the one spelling in which it is looked for. */
    public static String loginOf(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
    }

    /** Under which a phone is found again without being readable. */
    public byte[] trace(String phone) {
        return personal.trace(PHONE, phone);
    }

    /** Grants a role on a scope; granting twice changes nothing. */
    public void grant(UUID account, Wearer.Grant grant, @Nullable UUID by) {
        grant(account, grant, null, by);
    }

    /** Grants a family role together with what the person is to the child. */
    @Transactional
    public void grant(UUID account, Wearer.Grant grant, @Nullable Relation relation, @Nullable UUID by) {
        sql.sql("""
                insert into identity.role_grant (grant_id, account_id, role, school_id, class_id, grade, pupil_id, bureau_id, relation, granted_at, granted_by)
                values (:id, :account, :role, :school, :klass, :grade, :pupil, :bureau, :relation, :now, :by)
                on conflict do nothing
                """)
                .param("id", ids.next())
                .param("account", account)
                .param("role", grant.role().name())
                .param("school", grant.school())
                .param("klass", grant.klass())
                .param("grade", grant.grade())
                .param("pupil", grant.pupil())
                .param("bureau", grant.bureau())
                .param("relation", relation == null ? null : relation.code())
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
        revocations.of(account);
    }

    /** Takes a role back; every node knows it within a second. */
    @Transactional
    public boolean revoke(UUID account, Wearer.Grant grant) {
        int gone = sql.sql("""
                delete from identity.role_grant
                where account_id = :account and role = :role and school_id is not distinct from :school and class_id is not distinct from :klass
                  and grade is not distinct from :grade and pupil_id is not distinct from :pupil and bureau_id is not distinct from :bureau
                """)
                .param("account", account)
                .param("role", grant.role().name())
                .param("school", grant.school(), Types.OTHER)
                .param("klass", grant.klass(), Types.OTHER)
                .param("grade", grant.grade(), Types.INTEGER)
                .param("pupil", grant.pupil(), Types.OTHER)
                .param("bureau", grant.bureau(), Types.OTHER)
                .update();
        revocations.of(account);
        return gone > 0;
    }

    /** Takes every role at a school that belongs to the staff hat; the person's own children stay. Runs under the school's scope. */
    @Transactional
    public int revokeStaff(UUID school, UUID account) {
        int gone = sql.sql("delete from identity.role_grant where school_id = :s and account_id = :a and pupil_id is null").param("s", school).param("a", account).update();
        revocations.of(account);
        return gone;
    }

    /** Nobody acts for a child any more: it has left the school. Runs under the school's scope. */
    @Transactional
    public void revokeChildren(UUID school, Collection<UUID> pupils) {
        if (pupils.isEmpty()) return;
        sql.sql("delete from identity.role_grant where school_id = :s and pupil_id in (:p) returning account_id")
                .param("s", school)
                .param("p", pupils)
                .query(UUID.class)
                .list()
                .stream()
                .distinct()
                .forEach(revocations::of);
    }

    /** Class teachers go on with their children into the next year's class. Runs under the school's scope. */
    @Transactional
    public void moveClasses(UUID school, Map<UUID, UUID> fromTo) {
        fromTo.forEach((from, to) -> sql.sql("update identity.role_grant set class_id = :to where school_id = :s and class_id = :from returning account_id")
                .param("to", to)
                .param("s", school)
                .param("from", from)
                .query(UUID.class)
                .list()
                .forEach(revocations::of));
    }

    /** Takes the roles on a class away, where the class is no more or has another teacher. */
    @Transactional
    public void revokeClass(UUID school, Collection<UUID> classes) {
        if (classes.isEmpty()) return;
        sql.sql("delete from identity.role_grant where school_id = :s and class_id in (:c) returning account_id").param("s", school).param("c", classes).query(UUID.class).list().forEach(revocations::of);
    }

    /**
     * Closes an account that may do nothing any more: name, phone, password and all other proofs are gone, and nobody signs in by it. An account with any
     * role anywhere stays as it is. Works under the account's own scope, in a transaction of its own.
     */
    public boolean closeIdle(UUID account) {
        return Scopes.within(Scope.account(account), () -> Boolean.TRUE.equals(transactions.execute(t -> {
            if (sql.sql("select exists (select 1 from identity.role_grant where account_id = :a)").param("a", account).query(Boolean.class).single()) return false;
            sql.sql("update identity.account set name = '-', user_name = null, closed_at = :now where account_id = :a and closed_at is null").param("now", Timestamp.from(clock.instant())).param("a", account).update();
            sql.sql("""
                    update identity.credential set password_hash = null, person_key = null, phone_cipher = null, phone_hmac = null, phone_proved_at = null, totp_cipher = null, totp_since = null
                    where account_id = :a
                    """)
                    .param("a", account)
                    .update();
            for (String proof : List.of("session", "passkey", "token", "recovery_code", "foreign_login")) sql.sql("delete from identity." + proof + " where account_id = :a").param("a", account).update();
            revocations.of(account);
            return true;
        })));
    }
}
