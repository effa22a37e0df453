package afterbell.base.identity.entering;

import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The name of an account that a slip opens. */
@Component
class AccountNames {
    private final JdbcClient sql;
    private final TransactionTemplate transactions;

    AccountNames(JdbcClient sql, TransactionTemplate transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    String nameOf(UUID school, UUID account) {
        String name = Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> sql.sql("select name from identity.account where account_id = :a").param("a", account).query(String.class).optional().orElse("")));
        return name == null ? "" : name;
    }
}
