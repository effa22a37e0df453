package afterbell.app.simulate;

import afterbell.app.simulate.SimulatedSchool.Child;
import afterbell.app.simulate.SimulatedSchool.Member;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import afterbell.money.billing.ClosePeriod;
import afterbell.money.billing.Ledger;
import afterbell.money.billing.Periods;
import afterbell.money.billing.Periods.Period;
import afterbell.money.billing.PutTariff;
import afterbell.money.billing.Refunds;
import afterbell.money.billing.VerifyLedger;
import afterbell.term.tariffs.quote.Tariff.Timing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a school that charges does besides: a tariff put to use, months locked and charged, families who pay at the counter or by the bank, some late and some too
 * much, and money that goes back at the end. Everything through the use cases of finance; whether it balances is read from the tables alone.
 */
final class LivedMoney {
    private static final double PAYS_AT_ONCE = 0.9;
    private static final double BY_BANK = 0.1;
    private static final long TOO_MUCH_FEN = 5_000;

    private final SimulatedSchool people;
    private final SimulatedHouse house;
    private final Random random;
    private final Tally tally;
    private final Member finance;
    private final Member principal;
    /** Whether money is collected before the service is held. */
    private final boolean beforehand;
    private boolean asked;

    LivedMoney(SimulatedSchool people, String tariff, Random random, Tally tally) {
        this.people = people;
        this.house = people.house;
        this.random = random;
        this.tally = tally;
        finance = house.in(people.school, () -> people.member("finance", "office", Role.FINANCE));
        principal = house.in(people.school, () -> people.member("principal", "office", Role.PRINCIPAL));
        LocalDate first = people.term.dates().first();
        PutTariff.Trial trial = house.in(people.school, () -> house.bean(PutTariff.class).trial(people.school, tariff, first));
        if (!trial.possible()) throw new IllegalStateException("the scenario's tariff is refused: " + trial.refusals() + " " + trial.unlawful());
        inAct(() -> house.bean(PutTariff.class).put(people.school, tariff, false, first, trial.collectsFrom(), finance.account()));
        beforehand = trial.tariff() != null && trial.tariff().timing() != Timing.POSTPAID;
    }

    private <T> T inAct(Supplier<T> work) {
        return by(finance, work);
    }

    private <T> T by(Member who, Supplier<T> work) {
        return house.as(people.school, who.account(), () -> Objects.requireNonNull(house.bean(TransactionTemplate.class).execute(t -> work.get())));
    }

    /** On the morning of a school day: what was planned is charged once, if the plan collects beforehand; months that are over are locked; families pay. */
    void morning(LocalDate today) {
        house.at(today.atTime(9, 0).atZone(Screen.ZONE).toInstant());
        boolean moved = false;
        for (Period period : periods()) {
            boolean advance = beforehand && !asked && period.turn() == null;
            if (!advance && (!period.over(today) || period.settled())) continue;
            moved |= close(period, advance);
        }
        asked |= moved;
        if (moved) balances().forEach((child, fen) -> pays(child, fen, false));
    }

    private List<Period> periods() {
        return house.in(people.school, () -> house.bean(Periods.class).all(people.school)).stream().sorted(Comparator.comparing(Period::from)).toList();
    }

    private boolean close(Period period, boolean advance) {
        ClosePeriod.Outcome outcome = house.as(people.school, finance.account(), () -> house.bean(ClosePeriod.class).close(people.school, period.id(), advance, finance.account(), key()));
        if (outcome instanceof ClosePeriod.Outcome.Done) {
            tally.periods++;
            return true;
        }
        // Before a tariff has hung out long enough nothing is asked for: it is tried again another morning.
        if (outcome instanceof ClosePeriod.Outcome.Unlawful) tally.broken("3 a lawful tariff charges", period.from() + " " + outcome);
        return false;
    }

    private Map<UUID, Long> balances() {
        Map<UUID, Long> all = house.in(people.school, () -> house.bean(Ledger.class).familyBalances(people.school, people.children.keySet()));
        Map<UUID, Long> inOrder = new LinkedHashMap<>();
        for (Child c : people.children.values()) {
            long fen = all.getOrDefault(c.id(), 0L);
            if (fen != 0) inOrder.put(c.id(), fen);
        }
        return inOrder;
    }

    private void pays(UUID child, long due, boolean all) {
        if (due <= 0 || !all && random.nextDouble() >= PAYS_AT_ONCE) return;
        boolean bank = random.nextDouble() < BY_BANK;
        long fen = bank ? due + TOO_MUCH_FEN : due;
        Map<String, String> form = new HashMap<>(Map.of("way", bank ? "BANK" : "CASH", "amount", BigDecimal.valueOf(fen, 2).toPlainString(), "_key", key().toString()));
        if (bank) form.put("reference", "SIM" + Long.toUnsignedString(random.nextLong(), 36));
        tally.overHttp++;
        SimulatedHouse.Answer first = house.post(finance.account(), "/payments/children/" + child, form);
        if (first.status() != 303) tally.broken("3 a family can pay", "answered " + first.status());
        if (random.nextInt(10) == 0) {
            // The same tap again.
            house.post(finance.account(), "/payments/children/" + child, form);
            tally.overHttp++;
        }
    }

    private UUID key() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** The term is over: what is open is locked and paid, what was too much goes back, and then nobody owes anything. */
    void over(LocalDate last) {
        house.at(last.plusMonths(1).withDayOfMonth(3).atTime(9, 0).atZone(Screen.ZONE).toInstant());
        LocalDate settling = last.plusMonths(1).withDayOfMonth(3);
        for (Period period : periods()) if (period.over(settling) && !period.settled()) close(period, false);
        long open = periods().stream().filter(period -> period.over(settling) && !period.settled()).count();
        if (open > 0) tally.broken("3 a month that is over can be charged", open + " months are refused");
        balances().forEach((child, fen) -> pays(child, fen, true));
        List<Refunds.Wanted> back = balances().entrySet().stream().filter(b -> b.getValue() < 0).map(b -> new Refunds.Wanted(b.getKey(), null)).toList();
        if (!back.isEmpty()) refund(back);
        judged();
    }

    private void refund(List<Refunds.Wanted> back) {
        Refunds refunds = house.bean(Refunds.class);
        Outcome<UUID> ordered = inAct(() -> refunds.order(people.school, back, Refunds.How.COUNTER, Refunds.Cause.SETTLED, finance.account()));
        if (!(ordered instanceof Outcome.Done<UUID>(UUID batch))) {
            tally.broken("3 what was too much goes back", ordered.toString());
            return;
        }
        by(principal, () -> refunds.approve(people.school, batch, principal.account()));
        List<UUID> given = inAct(() -> refunds.handOver(people.school, Refunds.Destination.COUNTER)).stream().map(Refunds.Row::id).toList();
        inAct(() -> refunds.done(people.school, given, finance.account()));
        List<Refunds.Row> again = inAct(() -> refunds.done(people.school, given, finance.account()));
        if (!again.isEmpty()) tally.broken("6 money goes back once", again.size() + " times again");
    }

    // --- law 3, from the tables ---

    private record Account(long charged, long paid, long refunded, long balance) {}

    private void judged() {
        int unbalanced = (int) number("select count(*) from (select entry_id from billing.posting where school_id = :s group by entry_id having sum(fen) <> 0) x");
        if (unbalanced > 0) tally.broken("3 every entry balances", unbalanced + " entries");
        int baseless = (int) number("""
                select count(*) from billing.charge c where c.school_id = :s and not exists (select from billing.locking l where l.school_id = c.school_id and l.period_id = c.period_id)
                """);
        if (baseless > 0) tally.broken("3 every charge names a locked period", baseless + " charges");
        Map<UUID, Account> accounts = new HashMap<>();
        house.run(people.school, () -> house.bean(JdbcClient.class)
                .sql("""
                        select p.pupil_id, coalesce((select sum(fen) from billing.charge c where c.school_id = p.school_id and c.pupil_id = p.pupil_id), 0),
                               coalesce((select sum(fen) from billing.payment c where c.school_id = p.school_id and c.pupil_id = p.pupil_id), 0),
                               coalesce((select sum(fen) from billing.refund c where c.school_id = p.school_id and c.pupil_id = p.pupil_id and c.state = 'DONE'), 0),
                               coalesce((select sum(fen) from billing.posting c where c.school_id = p.school_id and c.pupil_id = p.pupil_id and c.account = 'family'), 0)
                        from roster.pub_pupil p where p.school_id = :s
                        """)
                .param("s", people.school)
                .query((r, n) -> accounts.put(r.getObject(1, UUID.class), new Account(r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5))))
                .list());
        List<UUID> wrong = new ArrayList<>();
        accounts.forEach((child, a) -> {
            if (a.paid() != a.charged() + a.refunded() - a.balance()) wrong.add(child);
        });
        if (!wrong.isEmpty()) tally.broken("3 paid is charged, refunded or carried", wrong.size() + " children");
        long open = accounts.values().stream().filter(a -> a.balance() != 0).count();
        if (open > 0) tally.broken("3 when all is settled nobody owes and nobody is owed", open + " children");
        VerifyLedger.Report report = house.in(people.school, () -> house.bean(VerifyLedger.class).run(people.school));
        if (!report.lies().isEmpty()) tally.broken("5 the books recompute", report.lies().stream().map(l -> l.kind().name()).distinct().collect(Collectors.joining(", ")));
        tally.chargedFen = accounts.values().stream().mapToLong(Account::charged).sum();
        tally.paidFen = accounts.values().stream().mapToLong(Account::paid).sum();
        tally.carriedFen = -accounts.values().stream().mapToLong(Account::balance).sum();
        tally.refundedFen = accounts.values().stream().mapToLong(Account::refunded).sum();
        tally.entries = number("select count(*) from billing.entry where school_id = :s");
    }

    private long number(String query) {
        return house.in(people.school, () -> house.bean(JdbcClient.class).sql(query).param("s", people.school).query(Long.class).single());
    }
}
