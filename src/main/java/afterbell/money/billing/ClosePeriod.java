package afterbell.money.billing;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.TariffsInUse.InUse;
import afterbell.term.tariffs.quote.Quote;
import afterbell.term.tariffs.quote.Tariff;
import afterbell.term.tariffs.quote.Tariff.Timing;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Locks the facts of a period and charges them: one act of one person, whole or not at all. */
@Component
public class ClosePeriod {
    private final Periods periods;
    private final PeriodFacts facts;
    private final Charging charging;
    private final TariffsInUse tariffs;
    private final CommandKeys commands;
    private final Audit audit;
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;

    ClosePeriod(Periods periods, PeriodFacts facts, Charging charging, TariffsInUse tariffs, CommandKeys commands, Audit audit, JdbcClient sql, TransactionTemplate transactions, Clock clock) {
        this.periods = periods;
        this.facts = facts;
        this.charging = charging;
        this.tariffs = tariffs;
        this.commands = commands;
        this.audit = audit;
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    public sealed interface Outcome {
        record Refused(List<Refusal> refusals) implements Outcome {
            public Refused {
                refusals = List.copyOf(refusals);
            }
        }

        /** The rules of the place forbid what the tariff asks of some child. */
        record Unlawful(Quote.Refused by) implements Outcome {}

        record Done(int children, long chargedFen, long backFen) implements Outcome {}

        /** The same command had been done before. */
        record Before() implements Outcome {}
    }

    /**
     * @param advance as planned, before the period is over
     * @param key of the command; a repetition does nothing
     */
    public Outcome close(UUID school, UUID period, boolean advance, UUID by, UUID key) {
        return close(school, period, advance, by, Optional.of(key), clock.instant());
    }

    /** The same at another time, by the house itself; for worlds that begin in the middle of a term. */
    public Outcome close(UUID school, UUID period, boolean advance, Instant at) {
        return close(school, period, advance, null, Optional.empty(), at);
    }

    /** Locks a settled period once more. Where that changes nobody's account nothing is written, and no child is counted as done. */
    Outcome again(UUID school, UUID period, UUID by) {
        return Objects.requireNonNull(transactions.execute(t -> {
            oneAfterTheOther(school);
            Outcome outcome = closed(school, periods.get(school, period), false, clock.instant(), by);
            if (!(outcome instanceof Outcome.Done done) || done.children() == 0) t.setRollbackOnly();
            return outcome;
        }));
    }

    private Outcome close(UUID school, UUID period, boolean advance, @Nullable UUID by, Optional<UUID> key, Instant at) {
        return Objects.requireNonNull(transactions.execute(t -> {
            String command = "close/" + period + "/" + advance;
            if (key.isPresent() && commands.kept(key.get(), command).isPresent()) return new Outcome.Before();
            oneAfterTheOther(school);
            Outcome outcome = closed(school, periods.get(school, period), advance, at, by);
            if (outcome instanceof Outcome.Done) key.ifPresent(k -> commands.once(k, command, period::toString));
            else t.setRollbackOnly();
            return outcome;
        }));
    }

    /** The second of two closings of one school finds the first done. */
    private void oneAfterTheOther(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "billing.period/" + school).query((r, n) -> 0).single();
    }

    private Outcome closed(UUID school, Period period, boolean advance, Instant at, @Nullable UUID by) {
        LocalDate today = LocalDate.ofInstant(at, Screen.ZONE);
        List<Refusal> no = refusals(school, period, advance, today);
        if (!no.isEmpty()) return new Outcome.Refused(no);
        int turn = facts.lock(school, period, advance, today, objectionsUntil(school, period, today), at, by);
        return switch (charging.charge(school, period, turn, at, by)) {
            case Charging.Outcome.Refused refused -> new Outcome.Unlawful(refused.by());
            case Charging.Outcome.Done done -> {
                audit.record(school, "billing.period_closed", "period", period.id(), Map.of("turn", turn, "children", done.children(), "charged", done.chargedFen(), "back", done.backFen()));
                yield new Outcome.Done(done.children(), done.chargedFen(), done.backFen());
            }
        };
    }

    /** Where the tariff asks it, families look at their bill before it is collected. */
    private @Nullable LocalDate objectionsUntil(UUID school, Period period, LocalDate today) {
        Tariff.@Nullable Publicity publicity = tariffOf(school, period).tariff().publicity();
        return publicity == null ? null : today.plusDays(publicity.days());
    }

    private InUse tariffOf(UUID school, Period period) {
        return tariffs.all(school).stream().filter(x -> x.id().equals(period.tariff())).findFirst().orElseThrow();
    }

    private List<Refusal> refusals(UUID school, Period period, boolean advance, LocalDate today) {
        InUse tariff = tariffOf(school, period);
        List<Refusal> no = new ArrayList<>();
        if (today.isBefore(tariff.collectsFrom())) no.add(refusal("on_show", tariff.collectsFrom()));
        if (advance) {
            if (tariff.tariff().timing() == Timing.POSTPAID) no.add(refusal("postpaid"));
            if (period.turn() != null) no.add(refusal("done"));
            return no;
        }
        if (!period.over(today)) no.add(refusal("not_over", period.until()));
        List<Period> same = periods.all(school).stream().filter(p -> p.tariff().equals(period.tariff()) && p.term().equals(period.term())).toList();
        same.stream().filter(p -> p.until().isBefore(period.from()) && !p.settled()).findFirst().ifPresent(p -> no.add(refusal("earlier", p.from())));
        // What is corrected after the next period was locked belongs to the one after it; only the last one is locked anew by itself.
        if (period.settled() && same.stream().anyMatch(p -> p.from().isAfter(period.until()) && p.settled())) no.add(refusal("later"));
        return no;
    }

    private static Refusal refusal(String key, Object... facts) {
        return new Refusal.Simple("billing.close.refused." + key, "", java.util.Arrays.stream(facts).map(String::valueOf).map(x -> (Object) x).toList());
    }
}
