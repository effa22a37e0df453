package afterbell.money.billing.statements;

import afterbell.base.roster.Pupil;
import afterbell.money.billing.Statements.Statement;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A child's account.
 *
 * @param family whether its family looks, and not the school
 * @param stopped first day without the child, where its family gave up
 */
public record StatementPage(Pupil child, boolean family, Statement statement, LocalDate today, @Nullable LocalDate stopped) {
    public String href() {
        return family ? "/children/" + child.id() + "/bill" : "/charges/children/" + child.id();
    }
}
