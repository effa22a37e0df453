package afterbell.day.safety.visiting;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.day.safety.Book;
import afterbell.day.safety.Ledger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Erases visitors' names, telephones and plates when their time is over; who came when and to whom stays. Every node may do so. */
@Component
class ForgetVisitorsJob {
    private final Ledger ledger;
    private final Rules rules;
    private final TransactionTemplate transactions;

    ForgetVisitorsJob(Ledger ledger, Rules rules, EverySchool schools, Rounds rounds, TransactionTemplate transactions) {
        this.ledger = ledger;
        this.rules = rules;
        this.transactions = transactions;
        rounds.every("safety.visitors", Duration.ofMinutes(5), Duration.ofHours(6), () -> schools.run("safety.visitors", this::run));
    }

    /** Under the school's scope. */
    void run(UUID school) {
        LocalDate today = ledger.today();
        int days = rules.value(school, today, Rule.VISITORS_KEPT_DAYS);
        transactions.executeWithoutResult(t -> ledger.forgetWords(school, Book.VISIT, today.minusDays(days)));
    }
}
