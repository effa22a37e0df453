package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.ClosePeriod;
import afterbell.money.billing.PeriodFacts;
import afterbell.money.billing.Periods;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.PutTariff;
import afterbell.money.billing.ShippedTariffs;
import afterbell.money.billing.reckoning.DayMark;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo school charges by the example district's tariff: last month was kept on paper, locked and charged; this month was billed as planned. */
@Component
@Order(110)
@ConditionalOnProperty("afterbell.demo")
final class BillingChapter implements DemoChapter {
    private static final UUID COLLEAGUE = new UUID(0, 1);

    private final PutTariff put;
    private final ShippedTariffs shipped;
    private final Periods periods;
    private final PeriodFacts facts;
    private final ClosePeriod close;
    private final Calendars calendars;
    private final Roster roster;
    private final Clock clock;
    private final TransactionTemplate transactions;

    BillingChapter(
            PutTariff put, ShippedTariffs shipped, Periods periods, PeriodFacts facts, ClosePeriod close, Calendars calendars, Roster roster, Clock clock, TransactionTemplate transactions) {
        this.put = put;
        this.shipped = shipped;
        this.periods = periods;
        this.facts = facts;
        this.close = close;
        this.calendars = calendars;
        this.roster = roster;
        this.clock = clock;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, Screen.ZONE);
        Optional<Term> term = transactions.execute(t -> calendars.termAt(school, today));
        if (term == null || term.isEmpty() || term.get().dates().first().isAfter(today)) return;
        LocalDate month = today.withDayOfMonth(1).minusMonths(1);
        LocalDate from = month.isBefore(term.get().dates().first()) ? term.get().dates().first() : month;
        List<Period> laid = transactions.execute(t -> {
            put.put(school, shipped.of("EXAMPLE-320999").orElseThrow().body(), true, from, from, null);
            return periods.all(school);
        });
        if (laid == null) return;
        Optional<Period> last = laid.stream().filter(p -> p.over(today)).findFirst();
        last.ifPresent(p -> {
            transactions.executeWithoutResult(t -> onPaper(school, p, new Random(plan.seed() + 11)));
            close.close(school, p.id(), false, at(p.until().plusDays(2), now));
        });
        laid.stream().filter(p -> !today.isBefore(p.from()) && !p.over(today)).findFirst().ifPresent(p -> close.close(school, p.id(), true, at(p.from(), now)));
    }

    private static Instant at(LocalDate day, Instant now) {
        Instant morning = day.atTime(8, 30).atZone(Screen.ZONE).toInstant();
        return morning.isBefore(now) ? morning : now;
    }

    /** The rolls of last month lie in a folder; finance has typed who was on leave. */
    private void onPaper(UUID school, Period period, Random random) {
        periods.countUnrolled(school, period.id(), true);
        for (Pupil pupil : roster.pupils(school)) {
            if (random.nextInt(20) > 0) continue;
            LocalDate day = period.from().plusDays(random.nextInt(period.until().getDayOfMonth() - period.from().getDayOfMonth() + 1));
            facts.rule(school, period.id(), pupil.id(), day, DayMark.LEAVE, COLLEAGUE, clock.instant());
        }
    }
}
