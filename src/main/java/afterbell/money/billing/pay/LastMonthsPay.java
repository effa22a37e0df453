package afterbell.money.billing.pay;

import afterbell.base.shared.Ids;
import afterbell.money.billing.LastMonth;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** A document in use, the last month looked through, agreed, approved and paid. */
@Component
@Order(1)
class LastMonthsPay implements LastMonth {
    private final PayMonths months;
    private final SlipStore store;
    private final Ids ids;
    private final Clock clock;

    LastMonthsPay(PayMonths months, SlipStore store, Ids ids, Clock clock) {
        this.months = months;
        this.store = store;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void make(UUID school, YearMonth month, UnaryOperator<String> words) {
        Scheme scheme = new Scheme(
                ids.next(), month.atDay(1), words.apply("scheme.title"), words.apply("scheme.basis"), 40, 0, 1, 100,
                List.of(new Scheme.Rate(Work.CLUB, 55_00, 100), new Scheme.Rate(Work.OWN_CLASS, 45_00, 100), new Scheme.Rate(Work.LATE, 40_00, 100), new Scheme.Rate(Work.LEADER, 60_00, 100), new Scheme.Rate(Work.GATE, 30_00, 100)));
        store.add(school, scheme, null, clock.instant());
        PayMonths.Whole open = months.whole(school, month);
        List<HeldStore.Stand> held = open.undecided().stream().filter(s -> s.staff() != null && s.ref() != null).toList();
        List<HeldStore.Stand> nobody = open.undecided().stream().filter(s -> s.staff() == null && s.ref() != null).toList();
        word(school, held, true);
        word(school, nobody, false);
        PayMonths.Whole whole = months.whole(school, month);
        if (!months.whyNot(whole).isEmpty()) return;
        months.freeze(school, whole, null);
        SlipStore.Month frozen = store.month(school, month).orElseThrow();
        months.approved(school, frozen, null);
        LocalDate payDay = month.plusMonths(1).atDay(8);
        months.paid(school, frozen, months.today().isBefore(payDay) ? months.today() : payDay, null);
    }

    private void word(UUID school, List<HeldStore.Stand> sessions, boolean held) {
        if (sessions.isEmpty()) return;
        store.word(school, sessions.stream().map(s -> Objects.requireNonNull(s.ref())).toList(), sessions.stream().map(HeldStore.Stand::day).toList(), held, null, clock.instant());
    }
}
