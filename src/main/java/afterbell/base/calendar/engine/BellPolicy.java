package afterbell.base.calendar.engine;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.RuleSource;
import afterbell.base.rules.ServiceClass;
import afterbell.base.rules.Situation;
import afterbell.base.rules.Stage;
import afterbell.base.rules.Verdict;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the rules that hold say about a term's bells: R17, R20, C8 and section X, 1. */
public final class BellPolicy {
    private BellPolicy() {}

    /**
     * One remark on the bells.
     *
     * @param day null where the whole week is meant
     * @param slot the slot that causes it, empty where the day as a whole does
     */
    public record Remark(String band, @Nullable DayOfWeek day, String slot, Verdict verdict) {}

    public static List<Remark> judge(BellGrid grid, RuleSource rules, Situation school) {
        List<Remark> remarks = new ArrayList<>();
        for (GradeBand band : grid.bands()) {
            Situation here = school.of(band.stages().toArray(Stage[]::new));
            for (DayOfWeek day : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY)) {
                eveningEnds(grid, rules, here, band, day, remarks);
                longEnough(grid, rules, here, band, day, remarks);
                notBeforeOffWork(grid, rules, here, band, day, remarks);
            }
            daysPerWeek(grid, rules, here, band, remarks);
            counted(grid, rules, here, band, remarks);
        }
        return List.copyOf(remarks);
    }

    private static void eveningEnds(BellGrid grid, RuleSource rules, Situation here, GradeBand band, DayOfWeek day, List<Remark> remarks) {
        for (Slot slot : grid.slots(band.code(), day))
            add(remarks, band, day, slot.code(), rules.resolve(Rule.EVENING_LATEST_END, here.of(slot.service())).verdict(slot.time().until()));
    }

    private static void longEnough(BellGrid grid, RuleSource rules, Situation here, GradeBand band, DayOfWeek day, List<Remark> remarks) {
        int minutes = grid.slots(band.code(), day).stream().mapToInt(s -> s.time().minutes()).sum();
        if (minutes > 0) add(remarks, band, day, "", rules.resolve(Rule.SERVICE_MIN_MINUTES_PER_DAY, here).verdict(minutes));
    }

    private static void notBeforeOffWork(BellGrid grid, RuleSource rules, Situation here, GradeBand band, DayOfWeek day, List<Remark> remarks) {
        Resolved<Boolean> must = rules.resolve(Rule.SERVICE_END_NOT_BEFORE_OFF_WORK, here);
        LocalTime offWork = rules.resolve(Rule.REGION_OFF_WORK_TIME, here).value();
        grid.lastBell(band.code(), day).ifPresent(last -> {
            if (must.value() && last.isBefore(offWork)) add(remarks, band, day, "", must.verdict(false));
        });
    }

    private static void daysPerWeek(BellGrid grid, RuleSource rules, Situation here, GradeBand band, List<Remark> remarks) {
        int days = (int) EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY).stream()
                .filter(day -> grid.slots(band.code(), day).stream().anyMatch(s -> s.kind() == SlotKind.PERIOD))
                .count();
        add(remarks, band, null, "", rules.resolve(Rule.SERVICE_DAYS_PER_WEEK, here).verdict(days));
    }

    private static void counted(BellGrid grid, RuleSource rules, Situation here, GradeBand band, List<Remark> remarks) {
        Resolved<Set<ServiceClass>> counted = rules.resolve(Rule.SERVICE_CLASSES_COUNTED, here);
        grid.slots().stream()
                .filter(s -> s.band().equals(band.code()))
                .map(Slot::service)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .forEach(service -> {
                    if (service == ServiceClass.EVENING_STUDY || service == ServiceClass.NOON_CARE)
                        add(remarks, band, null, service.name(), counted.verdict(Set.of(service)));
                });
    }

    private static void add(List<Remark> remarks, GradeBand band, @Nullable DayOfWeek day, String slot, Verdict verdict) {
        if (!verdict.isAllowed()) remarks.add(new Remark(band.code(), day, slot, verdict));
    }
}
