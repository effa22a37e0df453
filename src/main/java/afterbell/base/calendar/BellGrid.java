package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The bells of a term: bands, slots and waves. Answers who has what on a day, and when a child goes home. */
public final class BellGrid {
    private final List<GradeBand> bands;
    private final List<Slot> slots;
    private final List<Wave> waves;

    /** The caller has made sure that slots of one band don't overlap ({@link #firstClash}) and that a grade stands in one band. */
    public BellGrid(Collection<GradeBand> bands, Collection<Slot> slots, Collection<Wave> waves) {
        this.bands = List.copyOf(bands);
        Comparator<Slot> inOrder = Comparator.comparing(Slot::band).thenComparing(Slot::day).thenComparing(s -> s.from() == null ? LocalDate.MIN : s.from());
        this.slots = slots.stream().sorted(inOrder.thenComparing(Slot::time)).toList();
        this.waves = waves.stream().sorted(Comparator.comparing(Wave::at).thenComparing(Wave::code)).toList();
    }

    public List<GradeBand> bands() {
        return bands;
    }

    /** All times of all slots. */
    public List<Slot> slots() {
        return slots;
    }

    public List<Wave> waves() {
        return waves;
    }

    public Optional<GradeBand> bandOf(int grade) {
        return bands.stream().filter(b -> b.grades().contains(grade)).findFirst();
    }

    /** Slots of a band on a weekday, in order of time; where times change with the season, the first ones of the term. */
    public List<Slot> slots(String band, DayOfWeek day) {
        Set<UUID> seen = new HashSet<>();
        return variants(band, day).stream().filter(s -> seen.add(s.id())).sorted(Comparator.comparing(Slot::time)).toList();
    }

    /** The same with all times of all seasons. */
    public List<Slot> variants(String band, DayOfWeek day) {
        return slots.stream().filter(s -> s.band().equals(band) && s.day() == day).toList();
    }

    /** The slot with this id, with its first time of the term. */
    public Optional<Slot> slot(UUID id) {
        return slots.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    /** What rings for a band on a day: holiday openings ring only slots of holiday care, other days never. */
    public List<Slot> slots(String band, SchoolDay day, List<Closure> closures) {
        if (day.kind() == DayKind.HOLIDAY || day.kind() == DayKind.SCHOOL_FREE) return List.of();
        boolean opening = day.kind() == DayKind.HOLIDAY_OPENING;
        return variants(band, day.follows()).stream()
                .filter(s -> s.holdsOn(day.date()))
                .filter(s -> opening == (s.service() == ServiceClass.HOLIDAY_CARE))
                .filter(s -> day.kind() != DayKind.WEEKEND || s.service() == ServiceClass.WEEKEND_CARE)
                .filter(s -> closures.stream().noneMatch(c -> c.closes(day.date(), band, s.service())))
                .sorted(Comparator.comparing(Slot::time))
                .toList();
    }

    /** The same at the times of a special afternoon, where there is one. */
    public List<Slot> slots(String band, SchoolDay day, List<Closure> closures, List<SpecialAfternoon> specials) {
        List<Slot> usual = slots(band, day, closures);
        return specials.stream()
                .filter(s -> s.holds(day.date(), band))
                .findFirst()
                .map(special -> usual.stream()
                        .flatMap(s -> (s.service() == ServiceClass.NOON_CARE ? Optional.of(s.time()) : special.moved(s.time())).map(s::at).stream())
                        .sorted(Comparator.comparing(Slot::time))
                        .toList())
                .orElse(usual);
    }

    /** The waves of a band on a day, the earliest first. */
    public List<Wave> waves(String band, SchoolDay day, List<SpecialAfternoon> specials) {
        Optional<SpecialAfternoon> special = specials.stream().filter(s -> s.holds(day.date(), band)).findFirst();
        return waves.stream()
                .filter(w -> w.takes(band, day.follows()))
                .map(w -> special.map(s -> w.leaving(s.leaving(w.at()))).orElse(w))
                .sorted(Comparator.comparing(Wave::at).thenComparing(Wave::code))
                .toList();
    }

    /** Days on which a band has at least one period of the given services; all services where none is named. */
    public List<LocalDate> serviceDays(String band, SchoolDays days, List<Closure> closures, List<SpecialAfternoon> specials, Set<ServiceClass> services) {
        return days.all().stream()
                .filter(day -> slots(band, day, closures, specials).stream()
                        .anyMatch(s -> s.kind() == SlotKind.PERIOD && (services.isEmpty() || services.contains(s.service()))))
                .map(SchoolDay::date)
                .toList();
    }

    public Optional<LocalTime> lastBell(String band, DayOfWeek day) {
        return slots(band, day).stream().map(s -> s.time().until()).max(Comparator.naturalOrder());
    }

    /** The end of a child's last session, and the wave that takes it home. */
    public record GoingHome(LocalTime ends, Optional<Wave> wave) {
        /** When the child reaches the gate. */
        public LocalTime leaves() {
            return wave.map(Wave::at).orElse(ends);
        }
    }

    /**
     * When a child goes home.
     *
     * @param ends ends of the sessions that it attends that day; empty: it stays for nothing
     */
    public Optional<GoingHome> goingHome(String band, DayOfWeek day, Collection<LocalTime> ends) {
        return ends.stream().max(Comparator.naturalOrder()).map(last -> new GoingHome(last, wave(band, day, last)));
    }

    /** The first wave of the band that isn't before the given end. */
    public Optional<Wave> wave(String band, DayOfWeek day, LocalTime ends) {
        return waves.stream().filter(w -> w.takes(band, day) && !w.at().isBefore(ends)).findFirst();
    }

    /** Two slots of one band that overlap on some day. */
    public static Optional<List<Slot>> firstClash(List<Slot> slots) {
        for (int i = 0; i < slots.size(); i++)
            for (int j = i + 1; j < slots.size(); j++)
                if (slots.get(i).meets(slots.get(j)) && slots.get(i).time().clashes(slots.get(j).time())) return Optional.of(List.of(slots.get(i), slots.get(j)));
        return Optional.empty();
    }
}
