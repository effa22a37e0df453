package afterbell.money.billing.pay;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How a school shares its money out among those who serve: a dated document of the school, which everybody on the staff may read.
 *
 * @param from first day it holds; always the first of a month
 * @param basis who decided it and when, for example the staff assembly's minutes
 * @param periodMinutes minutes of one period: 120 minutes at 40 are three
 * @param fixedFen a month's fixed share of whoever stood at least {@code fixedTurns} times; 0 for none
 * @param substitutePercent what standing in counts, 100 as everybody
 */
public record Scheme(UUID id, LocalDate from, String title, String basis, int periodMinutes, long fixedFen, int fixedTurns, int substitutePercent, List<Rate> rates) {

    /** @param fen for a period or a turn; percent: the factor of this work, 100 as it stands */
    public record Rate(Work work, long fen, int percent) {}

    public Scheme {
        rates = List.copyOf(rates);
    }

    public Optional<Rate> rate(Work work) {
        return rates.stream().filter(r -> r.work() == work && r.fen() > 0).findFirst();
    }

    /** What a period or turn comes to with its factor, in whole fen, half a fen upwards. */
    public long worth(Rate rate) {
        return Payroll.share(rate.fen(), rate.percent(), 100);
    }

    /** The same for whoever stands in for somebody. */
    public long worthInPlace(Rate rate) {
        return Payroll.share(rate.fen(), (long) rate.percent() * substitutePercent, 10_000);
    }

    Map<Work, Rate> byWork() {
        Map<Work, Rate> all = new EnumMap<>(Work.class);
        rates.stream().filter(r -> r.fen() > 0).forEach(r -> all.put(r.work(), r));
        return all;
    }
}
