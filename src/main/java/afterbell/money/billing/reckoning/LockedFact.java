package afterbell.money.billing.reckoning;

import afterbell.base.rules.ServiceClass;
import java.time.LocalDate;
import java.util.List;

/**
 * What one child had of one service in one period, days with equal numbers of periods together.
 *
 * @param from first day of the period, {@code until} its last
 * @param workdays statutory workdays of the period
 * @param units periods of each of the days
 * @param minutes of each of the days
 * @param lost minutes of each of the days that the school did not hold, where it held others
 * @param special periods that carry a surcharge
 * @param days planned for the child, in order
 * @param marks one for each day
 */
public record LockedFact(LocalDate from, LocalDate until, int workdays, ServiceClass service, int units, int minutes, int lost, int special, List<LocalDate> days, List<DayMark> marks) {
    public LockedFact {
        days = List.copyOf(days);
        marks = List.copyOf(marks);
        if (days.size() != marks.size()) throw new IllegalArgumentException("each day has one mark");
    }

    public int count(DayMark mark) {
        return (int) marks.stream().filter(m -> m == mark).count();
    }

    /** Marks as they are kept. */
    public static List<DayMark> marks(String signs) {
        return signs.chars().mapToObj(sign -> DayMark.of((char) sign)).toList();
    }

    public static String signs(List<DayMark> marks) {
        StringBuilder signs = new StringBuilder(marks.size());
        marks.forEach(mark -> signs.append(mark.sign()));
        return signs.toString();
    }
}
