package afterbell.base.schools;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs a job for each school under that school's own scope; one school's failure is logged with an incident id and stops no other. */
@Component
public class EverySchool {
    private static final Logger log = LoggerFactory.getLogger(EverySchool.class);
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Ids ids;

    EverySchool(JdbcClient sql, TransactionTemplate transactions, Ids ids) {
        this.sql = sql;
        this.transactions = transactions;
        this.ids = ids;
    }

    /** The job opens its own transactions. */
    public void run(String job, Consumer<UUID> work) {
        List<UUID> all = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> sql.sql("select s from schools.door_all() s").query(UUID.class).list()));
        if (all == null) return;
        for (UUID school : all) {
            try {
                Scopes.within(Scope.school(school, null), () -> work.accept(school));
            } catch (RuntimeException e) {
                log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", job).addKeyValue("school", school).addKeyValue("trace", Traces.of(e)).log("a job failed for a school");
            }
        }
    }
}
