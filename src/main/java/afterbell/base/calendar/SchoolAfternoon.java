package afterbell.base.calendar;

import afterbell.base.rules.ServiceClass;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One day after lessons as its bells really ring: swapped days, seasons, closures and special afternoons are worked in. What rooms of the day ask: when
 * lessons end for a grade, when its last session ends, and with which wave a child goes home.
 *
 * <p>Which child attends which session of the day is answered by the timetable ({@code Sessions.expected}); its ends go into {@link #goingHome}.
 */
public record SchoolAfternoon(Term term, SchoolDay day, List<OfBand> bands) {

    public SchoolAfternoon {
        bands = List.copyOf(bands);
    }

    /**
     * @param slots what rings for the band that day in order of time, meals and breaks included; empty = no service
     * @param waves the times at which the band leaves that day, the earliest first
     */
    public record OfBand(GradeBand band, List<Slot> slots, List<Wave> waves) {
        public OfBand {
            slots = List.copyOf(slots);
            waves = List.copyOf(waves);
        }

        /** Slots after lessons: noon care belongs to the middle of the day. */
        private List<Slot> afterLessons() {
            return slots.stream().filter(s -> s.service() != ServiceClass.NOON_CARE).toList();
        }

        /** The bell that ends lessons: from here on every child that stays is to be handed over (law 2). Empty on a day without service. */
        public Optional<LocalTime> lastBell() {
            return afterLessons().stream().map(s -> s.time().from()).min(LocalTime::compareTo);
        }

        /** The end of the band's last session. */
        public Optional<LocalTime> ends() {
            return afterLessons().stream().filter(s -> s.kind() == SlotKind.PERIOD).map(s -> s.time().until()).max(LocalTime::compareTo);
        }

        /** The first wave that isn't before the given end. */
        public Optional<Wave> wave(LocalTime ends) {
            return waves.stream().filter(w -> !w.at().isBefore(ends)).findFirst();
        }
    }

    /** Empty where the grade stands in no band. */
    public Optional<OfBand> ofGrade(int grade) {
        return bands.stream().filter(b -> b.band().grades().contains(grade)).findFirst();
    }

    /** The bell that ends the lessons of a grade; empty where it has no service that day. */
    public Optional<LocalTime> lastBell(int grade) {
        return ofGrade(grade).flatMap(OfBand::lastBell);
    }

    /** The end of the last session that a grade has that day. */
    public Optional<LocalTime> ends(int grade) {
        return ofGrade(grade).flatMap(OfBand::ends);
    }

    /**
     * When a child goes home (R28).
     *
     * @param ends ends of the sessions that it attends that day; empty: it stays for nothing
     */
    public Optional<BellGrid.GoingHome> goingHome(int grade, Collection<LocalTime> ends) {
        return ends.stream().max(LocalTime::compareTo).map(last -> new BellGrid.GoingHome(last, ofGrade(grade).flatMap(band -> band.wave(last))));
    }

    /** Whether any band has a session that day. */
    public boolean serves() {
        return bands.stream().anyMatch(b -> b.slots().stream().anyMatch(s -> s.kind() == SlotKind.PERIOD));
    }
}
