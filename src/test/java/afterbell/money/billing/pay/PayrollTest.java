package afterbell.money.billing.pay;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req("R123")
class PayrollTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 13);
    private static final UUID SOMEBODY = new UUID(1, 1);

    private static Scheme scheme(int period, long fixed, int turns, int stood, Scheme.Rate... rates) {
        return new Scheme(new UUID(0, 9), DAY.withDayOfMonth(1), "t", "b", period, fixed, turns, stood, List.of(rates));
    }

    private static Held session(UUID staff, Work work, int minutes, boolean stood) {
        return new Held(staff, DAY, work, UUID.randomUUID(), work == Work.OWN_CLASS ? new UUID(0, 302) : null, "x", minutes, stood);
    }

    private static long pay(Scheme scheme, Held... held) {
        return Payroll.of(scheme, List.of(held), null).getFirst().fen();
    }

    @Test
    void two_hours_are_three_periods_of_eighty_five_yuan() {
        assertThat(pay(scheme(40, 0, 1, 100, new Scheme.Rate(Work.CLUB, 85_00, 100)), session(SOMEBODY, Work.CLUB, 120, false))).isEqualTo(255_00);
    }

    @Test
    void a_factor_and_standing_in_multiply_and_a_line_is_rounded_once() {
        Scheme scheme = scheme(40, 0, 1, 120, new Scheme.Rate(Work.CLUB, 33_33, 110));
        assertThat(pay(scheme, session(SOMEBODY, Work.CLUB, 50, true))).isEqualTo(5499); // 33.33 x 1.1 x 1.2 x 50/40 = 54.9945
        assertThat(pay(scheme, session(SOMEBODY, Work.CLUB, 50, false))).isEqualTo(4583);
    }

    @Test
    void exactly_half_a_fen_goes_up() {
        assertThat(Payroll.share(1, 1, 2)).isEqualTo(1);
        assertThat(Payroll.share(1, 1, 3)).isZero();
    }

    @Test
    void turns_count_once_and_work_without_a_rate_is_not_paid() {
        Scheme scheme = scheme(40, 0, 1, 100, new Scheme.Rate(Work.LATE, 30_00, 100));
        Held late = new Held(SOMEBODY, DAY, Work.LATE, null, null, "", 0, false);
        assertThat(pay(scheme, late, session(SOMEBODY, Work.CLUB, 50, false))).isEqualTo(30_00);
        assertThat(Payroll.of(scheme, List.of(session(SOMEBODY, Work.CLUB, 50, false)), null)).isEmpty();
    }

    @Test
    void the_fixed_share_asks_for_so_many_times() {
        Scheme scheme = scheme(40, 200_00, 2, 100, new Scheme.Rate(Work.LATE, 10_00, 100));
        Held late = new Held(SOMEBODY, DAY, Work.LATE, null, null, "", 0, false);
        assertThat(pay(scheme, late)).isEqualTo(10_00);
        assertThat(pay(scheme, late, late)).isEqualTo(220_00);
    }

    @Test
    @Req("R122")
    void one_class_and_day_never_costs_more_than_its_ceiling() {
        Scheme scheme = scheme(40, 0, 1, 100, new Scheme.Rate(Work.OWN_CLASS, 40_00, 100));
        List<Payroll.Slip> slips = Payroll.of(scheme, List.of(session(SOMEBODY, Work.OWN_CLASS, 40, false), session(new UUID(1, 2), Work.OWN_CLASS, 40, false)), 50_00L);
        assertThat(slips.stream().mapToLong(Payroll.Slip::fen).sum()).isEqualTo(50_00);
        assertThat(slips.stream().flatMap(s -> s.lines().stream()).mapToLong(Payroll.Line::cut).sum()).isEqualTo(30_00);
    }

    @Test
    void whoever_takes_time_gets_minutes_for_sessions_and_money_for_turns() {
        Scheme scheme = scheme(40, 0, 1, 100, new Scheme.Rate(Work.CLUB, 60_00, 100), new Scheme.Rate(Work.LATE, 30_00, 100));
        Held late = new Held(SOMEBODY, DAY, Work.LATE, null, null, "", 0, false);
        PayMonths.Person person = PayMonths.person(Payroll.of(scheme, List.of(session(SOMEBODY, Work.CLUB, 50, false), late), null).getFirst(), true, 5_00, "n");
        assertThat(person.fen()).isEqualTo(35_00);
        assertThat(person.banked()).isEqualTo(50);
    }

    /** Each line as an accountant would work it out, by decimals; the order in which things are told changes nothing. */
    @Test
    @Req("law 5")
    void twenty_thousand_months_add_up_to_the_fen_and_come_out_the_same_in_any_order() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int n = 0; n < 20_000; n++) {
            Scheme scheme = scheme(30 + random.nextInt(31), random.nextInt(2) * 100_00L, 1 + random.nextInt(4), 80 + random.nextInt(60), new Scheme.Rate(Work.CLUB, 1 + random.nextInt(90_00), 50 + random.nextInt(150)), new Scheme.Rate(Work.LATE, 1 + random.nextInt(50_00), 100));
            List<Held> held = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) held.add(new Held(new UUID(1, random.nextInt(3)), DAY.plusDays(random.nextInt(5)), random.nextBoolean() ? Work.CLUB : Work.LATE, new UUID(2, i), null, "x", random.nextInt(121), random.nextInt(4) == 0));
            List<Payroll.Slip> slips = Payroll.of(scheme, held, null);
            for (Payroll.Slip slip : slips) {
                for (Payroll.Line l : slip.lines()) assertThat(l.fen()).as("seed %d, month %d", seed, n).isEqualTo(byDecimals(scheme, l));
                assertThat(slip.fen()).isEqualTo(slip.fixed() + slip.lines().stream().mapToLong(Payroll.Line::fen).sum());
            }
            Collections.shuffle(held, random);
            assertThat(Payroll.of(scheme, held, null)).as("seed %d, month %d", seed, n).isEqualTo(slips);
        }
    }

    /** The check sees a rounding that always cuts. */
    @Test
    void a_planted_rounding_bug_is_seen() {
        Scheme scheme = scheme(40, 0, 1, 100, new Scheme.Rate(Work.CLUB, 33_35, 100));
        Payroll.Line line = Payroll.of(scheme, List.of(session(SOMEBODY, Work.CLUB, 50, false)), null).getFirst().lines().getFirst();
        long cut = 33_35L * 100 * 100 * 50 / (10_000 * 40);
        assertThat(cut).isNotEqualTo(byDecimals(scheme, line));
    }

    private static long byDecimals(Scheme scheme, Payroll.Line l) {
        BigDecimal worth = BigDecimal.valueOf(l.rate()).multiply(BigDecimal.valueOf(l.percent())).multiply(BigDecimal.valueOf(l.held().stood() ? scheme.substitutePercent() : 100));
        if (l.held().work().byPeriod()) return worth.multiply(BigDecimal.valueOf(l.held().minutes())).divide(BigDecimal.valueOf(10_000L * scheme.periodMinutes()), 0, RoundingMode.HALF_UP).longValueExact();
        return worth.divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP).longValueExact();
    }
}
