package afterbell.day.safety.visiting;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.EverySchool;
import afterbell.day.safety.Book;
import afterbell.day.safety.Ledger;
import jakarta.annotation.PreDestroy;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Erases visitors' names, telephones and plates when their time is over; who came when and to whom stays. Every node may do so. */
@Component
class ForgetVisitorsJob {
    private final Ledger ledger;
    private final Rules rules;
    private final EverySchool schools;
    private final TransactionTemplate transactions;
    private final ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("visitors").factory());

    ForgetVisitorsJob(Ledger ledger, Rules rules, EverySchool schools, TransactionTemplate transactions) {
        this.ledger = ledger;
        this.rules = rules;
        this.schools = schools;
        this.transactions = transactions;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        look.scheduleWithFixedDelay(() -> schools.run("safety.visitors", this::run), 5, 360, TimeUnit.MINUTES);
    }

    @PreDestroy
    void end() {
        look.shutdownNow();
    }

    /** Under the school's scope. */
    void run(UUID school) {
        LocalDate today = ledger.today();
        int days = rules.value(school, today, Rule.VISITORS_KEPT_DAYS);
        transactions.executeWithoutResult(t -> ledger.forgetWords(school, Book.VISIT, today.minusDays(days)));
    }
}
