package afterbell.money.billing.pay;

import afterbell.base.shared.Ids;
import afterbell.money.billing.LastMonth;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Last month's pay by the school's document: finance has looked into the paper rolls, the principal has approved, the bank has yet to pay. */
@Component
@Order(1)
class LastMonthsPay implements LastMonth {
    private static final int MINUTES = 45;
    private static final int STOOD_PERCENT = 100;
    private static final List<Scheme.Rate> RATES = List.of(new Scheme.Rate(Work.CLUB, 60_00, 100), new Scheme.Rate(Work.OWN_CLASS, 40_00, 100), new Scheme.Rate(Work.CLASS, 5_00, 100), new Scheme.Rate(Work.LATE, 30_00, 100));

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
        Scheme scheme = new Scheme(ids.next(), month.atDay(1), words.apply("pay.title"), words.apply("pay.basis"), MINUTES, 0, 1, STOOD_PERCENT, RATES);
        store.add(school, scheme, null, clock.instant());
        List<HeldStore.Stand> stands = months.stands(school, month);
        List<HeldStore.Stand> open = stands.stream().filter(s -> s.proof() == HeldStore.Proof.OPEN && s.staff() != null && s.ref() != null).toList();
        store.word(school, open.stream().map(s -> Objects.requireNonNull(s.ref())).toList(), open.stream().map(HeldStore.Stand::day).toList(), true, null, clock.instant());
        PayMonths.Whole whole = months.drawn(school, month, scheme, stands.stream().map(HeldStore.Stand::byWord).toList());
        if (whole.people().isEmpty()) return;
        months.freeze(school, whole, null);
        months.approved(school, store.month(school, month).orElseThrow(), null);
    }
}
