package afterbell.base.schools;

import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.web.Traces;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
        run(job, () -> sql.sql("select s from schools.door_all() s").query(UUID.class).list(), work);
    }

    /**
     * The same for those schools alone in which there is something to do.
     *
     * @param door asks for them, in one statement for the whole node
     */
    public void run(String job, Supplier<List<UUID>> door, Consumer<UUID> work) {
        List<UUID> schools = Scopes.within(Scope.DOOR, () -> transactions.execute(t -> door.get()));
        if (schools == null) return;
        for (UUID school : schools) {
            try {
                Scopes.within(Scope.school(school, null), () -> work.accept(school));
            } catch (RuntimeException e) {
                log.atError().addKeyValue("incident", ids.next()).addKeyValue("job", job).addKeyValue("school", school).addKeyValue("trace", Traces.of(e)).log("a job failed for a school");
            }
        }
    }
}
