package afterbell.base.identity;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Wearer;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes accounts and grants roles; the caller's scope decides for which school. */
@Component
@Transactional
public class Accounts {
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;
    private final PasswordEncoder passwords;

    Accounts(JdbcClient sql, Ids ids, Clock clock, PasswordEncoder passwords) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** A new account. The user name may be null for whoever signs in by phone, slip or link alone; so may the password. */
    public UUID add(@Nullable String userName, String name, @Nullable String password) {
        UUID account = ids.next();
        sql.sql("insert into identity.account (account_id, user_name, name, password_hash, created_at) values (:id, :user, :name, :hash, :now)")
                .param("id", account)
                .param("user", userName == null ? null : userName.toLowerCase(Locale.ROOT))
                .param("name", name)
                .param("hash", password == null ? null : passwords.encode(password))
                .param("now", Timestamp.from(clock.instant()))
                .update();
        return account;
    }

    /** Grants a role on a scope; granting twice changes nothing. */
    public void grant(UUID account, Wearer.Grant grant, @Nullable UUID by) {
        sql.sql("""
                insert into identity.role_grant (grant_id, account_id, role, school_id, class_id, grade, pupil_id, bureau_id, granted_at, granted_by)
                values (:id, :account, :role, :school, :klass, :grade, :pupil, :bureau, :now, :by)
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
                .param("now", Timestamp.from(clock.instant()))
                .param("by", by)
                .update();
    }
}
