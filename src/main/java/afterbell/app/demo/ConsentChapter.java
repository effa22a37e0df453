package afterbell.app.demo;

import afterbell.base.identity.Consents;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The guardians of the demo cards have read the rules and agreed, so that their first page is their children's. */
@Component
@Order(25)
@ConditionalOnProperty("afterbell.demo")
final class ConsentChapter implements DemoChapter {
    private final Consents consents;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;

    ConsentChapter(Consents consents, JdbcClient sql, TransactionTemplate transactions) {
        this.consents = consents;
        this.sql = sql;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> sql.sql("select account_id, pupil_id from identity.pub_grant where school_id = :s and role = 'GUARDIAN'")
                .param("s", school)
                .query((r, n) -> new UUID[] {r.getObject(1, UUID.class), r.getObject(2, UUID.class)})
                .list()
                .forEach(g -> consents.decide(school, g[1], g[0], Consents.Decision.GIVEN, "")));
    }
}
