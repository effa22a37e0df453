package afterbell.money.billing.reckoning;

import afterbell.base.rules.Choices.FeeUnit;
import afterbell.base.rules.ServiceClass;
import afterbell.term.tariffs.quote.Facts;
import afterbell.term.tariffs.quote.Facts.Stretch;
import afterbell.term.tariffs.quote.Tariff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the engine's facts of a child's locked periods. */
public final class TermFacts {
    private static final Set<FeeUnit> BY_DAY = EnumSet.of(FeeUnit.PERIOD, FeeUnit.PERIOD_DAY, FeeUnit.HOUR, FeeUnit.DAY);
    private static final BigDecimal HOUR = BigDecimal.valueOf(60);

    private TermFacts() {}

    private record Time(LocalDate from, LocalDate until, ServiceClass service) {}

    /**
     * @param from first day of term or tariff, whichever is later; {@code until} the last of both
     * @param joined first day of the child; null where it was there from the beginning
     * @param left when the child gave up; null where it stays
     */
    public static Facts of(
            Tariff tariff, Facts.Pupil pupil, LocalDate from, LocalDate until, List<LockedFact> locked, @Nullable LocalDate joined, Facts.@Nullable Left left, List<Facts.Exempt> exempt, Set<ServiceClass> boardingCovers) {
        Map<Time, List<LockedFact>> times = new LinkedHashMap<>();
        locked.stream()
                .sorted(Comparator.comparing(LockedFact::from).thenComparing(LockedFact::service).thenComparingInt(LockedFact::units).thenComparingInt(LockedFact::minutes).thenComparingInt(LockedFact::lost))
                .forEach(fact -> times.computeIfAbsent(new Time(fact.from(), fact.until(), fact.service()), t -> new ArrayList<>()).add(fact));
        List<Stretch> stretches = new ArrayList<>();
        times.forEach((time, facts) -> {
            int inARow = inARow(facts);
            Map<BigDecimal, List<LockedFact>> alike = new TreeMap<>();
            for (LockedFact fact : facts) alike.computeIfAbsent(chargesDays(tariff, time.service()) ? perDay(tariff, time.service(), fact) : BigDecimal.ONE, k -> new ArrayList<>()).add(fact);
            alike.values().forEach(same -> stretches.add(stretch(tariff, pupil, time, same, inARow)));
        });
        return new Facts(pupil, from, until, boardingCovers, stretches, joined, left, exempt, List.of(), List.of());
    }

    /** Where every item counts days, days of one and of two periods are told apart; a month or a term is asked once, whatever its days were like. */
    private static boolean chargesDays(Tariff tariff, ServiceClass service) {
        return tariff.items().stream().filter(item -> item.services().contains(service)).allMatch(item -> BY_DAY.contains(item.unit()));
    }

    private static Stretch stretch(Tariff tariff, Facts.Pupil pupil, Time time, List<LockedFact> facts, int inARow) {
        int planned = 0;
        int special = 0;
        Map<DayMark, Integer> counts = new TreeMap<>();
        for (LockedFact fact : facts) {
            planned += fact.days().size();
            special += fact.special();
            boolean tooShort = tooShort(tariff, pupil, time.service(), fact);
            for (DayMark mark : fact.marks()) counts.merge(tooShort && mark.held() && mark != DayMark.WITHDRAWN ? DayMark.UNDELIVERED : mark, 1, Integer::sum);
        }
        int undelivered = counts.getOrDefault(DayMark.UNDELIVERED, 0);
        int closed = counts.getOrDefault(DayMark.CLOSED, 0);
        LockedFact longest = facts.stream().max(Comparator.comparingInt(LockedFact::units)).orElseThrow();
        return new Stretch(
                time.from(),
                time.until(),
                time.service(),
                perDay(tariff, time.service(), longest),
                1,
                longest.workdays(),
                planned,
                planned - undelivered - closed,
                counts.getOrDefault(DayMark.ATTENDED, 0) + counts.getOrDefault(DayMark.PLANNED, 0),
                counts.getOrDefault(DayMark.LEAVE, 0),
                undelivered,
                closed,
                counts.getOrDefault(DayMark.WITHDRAWN, 0),
                inARow,
                special);
    }

    /** Where the document says how long a day is, one of which the school let so much fall out that less is left was not held. */
    private static boolean tooShort(Tariff tariff, Facts.Pupil pupil, ServiceClass service, LockedFact fact) {
        return fact.lost() > 0
                && tariff.items().stream()
                        .filter(item -> item.services().contains(service) && item.who().fits(pupil))
                        .anyMatch(item -> item.minutesADay() != null && fact.minutes() < item.minutesADay());
    }

    private static BigDecimal perDay(Tariff tariff, ServiceClass service, LockedFact fact) {
        boolean hours = tariff.items().stream().anyMatch(item -> item.services().contains(service) && item.unit() == FeeUnit.HOUR);
        boolean days = tariff.items().stream().filter(item -> item.services().contains(service)).allMatch(item -> item.unit() == FeeUnit.DAY);
        if (hours) return BigDecimal.valueOf(fact.minutes()).divide(HOUR, 4, RoundingMode.HALF_UP).stripTrailingZeros();
        return days ? BigDecimal.ONE : BigDecimal.valueOf(fact.units());
    }

    /** Longest absence in a row; days that were not held neither count nor end it. */
    private static int inARow(List<LockedFact> facts) {
        TreeMap<LocalDate, DayMark> byDay = new TreeMap<>();
        for (LockedFact fact : facts) for (int i = 0; i < fact.days().size(); i++) byDay.put(fact.days().get(i), fact.marks().get(i));
        int longest = 0;
        int row = 0;
        for (DayMark mark : byDay.values()) {
            switch (mark) {
                case LEAVE, MISSED -> longest = Math.max(longest, ++row);
                case ATTENDED, PLANNED -> row = 0;
                case UNDELIVERED, CLOSED, WITHDRAWN -> {}
            }
        }
        return longest;
    }
}
