package afterbell.money.billing.pay;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** From what was held to what is paid: pure, whole fen, each line by itself. The same input gives the same lines with any later release (law 5). */
final class Payroll {
    /** Percent of the rate times percent of standing in. */
    private static final long HUNDREDS = 10_000;

    private Payroll() {}

    /**
     * @param cut what a ceiling took off
     * @param fen what is paid, after the cut
     */
    record Line(Held held, long rate, int percent, long cut, long fen) {}

    /** @param fixed the month's fixed share */
    record Slip(UUID staff, List<Line> lines, long fixed) {
        Slip {
            lines = List.copyOf(lines);
        }

        long fen() {
            return fixed + lines.stream().mapToLong(Line::fen).sum();
        }

        /** Minutes of sessions. */
        int minutes() {
            return lines.stream().mapToInt(l -> l.held().minutes()).sum();
        }
    }

    /**
     * One slip a person, in the order of their ids; lines by day. Work without a rate is not paid and has no line.
     *
     * @param classDay most for one class's own care of one day, in fen; null where no rule says so (FEES: 50 yuan a class and day)
     */
    static List<Slip> of(Scheme scheme, List<Held> held, @Nullable Long classDay) {
        Map<Work, Scheme.Rate> rates = scheme.byWork();
        Map<UUID, List<Line>> lines = new HashMap<>();
        Map<ClassDay, Long> spent = new HashMap<>();
        held.stream().filter(h -> rates.containsKey(h.work())).sorted(ORDER).forEach(h -> lines.computeIfAbsent(h.staff(), k -> new ArrayList<>()).add(line(scheme, Objects.requireNonNull(rates.get(h.work())), h, classDay, spent)));
        return lines.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> new Slip(e.getKey(), e.getValue(), scheme.fixedFen() > 0 && e.getValue().size() >= scheme.fixedTurns() ? scheme.fixedFen() : 0))
                .toList();
    }

    private record ClassDay(UUID schoolClass, LocalDate day) {}

    private static final Comparator<Held> ORDER = Comparator.comparing(Held::day).thenComparing(Held::work).thenComparing(Held::what).thenComparing(h -> String.valueOf(h.ref())).thenComparing(Held::staff);

    private static Line line(Scheme scheme, Scheme.Rate rate, Held h, @Nullable Long classDay, Map<ClassDay, Long> spent) {
        long whole = worth(scheme, rate, h);
        UUID group = h.group();
        long cut = 0;
        if (classDay != null && group != null) {
            ClassDay of = new ClassDay(group, h.day());
            long before = spent.getOrDefault(of, 0L);
            cut = Math.max(0, before + whole - Math.max(classDay, before));
            spent.put(of, before + whole - cut);
        }
        return new Line(h, rate.fen(), rate.percent(), cut, whole - cut);
    }

    /** {@code rate x percent x (standing in) x minutes / period}, rounded once, half a fen upwards. */
    static long worth(Scheme scheme, Scheme.Rate rate, Held h) {
        long percent = (long) rate.percent() * (h.stood() ? scheme.substitutePercent() : 100);
        return h.work().byPeriod() ? share(rate.fen(), percent * h.minutes(), HUNDREDS * scheme.periodMinutes()) : share(rate.fen(), percent, HUNDREDS);
    }

    /** {@code fen x part / whole}, half a fen upwards; nothing overflows. */
    static long share(long fen, long part, long whole) {
        BigInteger twice = BigInteger.valueOf(fen).multiply(BigInteger.valueOf(part)).shiftLeft(1).add(BigInteger.valueOf(whole));
        return twice.divide(BigInteger.valueOf(whole).shiftLeft(1)).longValueExact();
    }

    /** People by work, for the published sheet. */
    static Map<Work, Long> byWork(List<Slip> slips) {
        Map<Work, Long> sums = new EnumMap<>(Work.class);
        slips.forEach(s -> s.lines().forEach(l -> sums.merge(l.held().work(), l.fen(), Long::sum)));
        return sums;
    }
}
