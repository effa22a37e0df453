package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.money.billing.PayWays.Way;
import afterbell.money.billing.Statements.Statement;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child's account.
 *
 * @param family whether its family looks, and not the school
 * @param ways to pay what is due
 * @param stopped first day without the child, where its family gave up
 */
public record StatementPage(Pupil child, boolean family, Statement statement, List<Way> ways, LocalDate today, @Nullable LocalDate stopped) {
    public StatementPage {
        ways = List.copyOf(ways);
    }

    public String href() {
        return family ? "/children/" + child.id() + "/bill" : "/charges/children/" + child.id();
    }
}
