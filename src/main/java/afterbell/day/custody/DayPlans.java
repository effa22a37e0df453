package afterbell.day.custody;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.PlanStore.DatedSession;
import afterbell.day.custody.PlanStore.Enrolled;
import afterbell.day.custody.PlanStore.Seated;
import afterbell.day.custody.childday.DayPlan;
import afterbell.day.duty.Day;
import afterbell.day.duty.Duties;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a day expects of each child: the bell of its band, its sessions with room and accountable person. Read from calendar, sheets, seats, dated sessions and
 * the duty roster in a fixed number of statements, whatever the number of children.
 *
 * <p>Noon care is another stretch of the day with its own list and is not part of the afternoon's chain.
 */
@Component
class DayPlans {
    /** Stands for a room that nobody has set. */
    static final UUID NO_ROOM = new UUID(0, 0);

    /** A child of the school with its plan of the day. */
    record Child(UUID schoolClass, DayPlan plan) {}

    /**
     * A day of a school.
     *
     * @param children none on a day without service
     * @param held who answers for each session that is held
     */
    record Planned(Map<UUID, Child> children, Map<UUID, UUID> held) {
        private static final Planned NOTHING = new Planned(Map.of(), Map.of());
    }

    private final PlanStore store;
    private final Calendars calendars;
    private final Duties duties;

    DayPlans(PlanStore store, Calendars calendars, Duties duties) {
        this.store = store;
        this.calendars = calendars;
        this.duties = duties;
    }

    /** Every child of the school whose band has service on the day; none on a day without. */
    @Transactional(propagation = Propagation.MANDATORY)
    Planned ofSchool(UUID school, LocalDate day) {
        return of(school, day, null);
    }

    /** These children; one that is not of the school, or has no service on the day, is missing in the answer. */
    @Transactional(propagation = Propagation.MANDATORY)
    Map<UUID, Child> some(UUID school, LocalDate day, Collection<UUID> pupils) {
        return of(school, day, pupils).children();
    }

    private Planned of(UUID school, LocalDate day, @Nullable Collection<UUID> pupils) {
        Optional<Term> term = calendars.termAt(school, day);
        if (term.isEmpty()) return Planned.NOTHING;
        TermCalendar calendar = calendars.of(school, term.get());
        Optional<SchoolDay> today = calendar.days().on(day);
        if (today.isEmpty()) return Planned.NOTHING;
        Map<String, List<Slot>> slots = new HashMap<>();
        for (GradeBand band : calendar.bells().bands())
            slots.put(band.code(), calendar.slotsOn(band.code(), day).stream().filter(s -> s.service() != ServiceClass.NOON_CARE).toList());
        if (slots.values().stream().allMatch(List::isEmpty)) return Planned.NOTHING;
        List<Enrolled> children = store.children(school, term.get().id(), today.get().follows().getValue(), day, pupils);
        if (children.isEmpty()) return Planned.NOTHING;
        List<DatedSession> dated = store.sessions(school, day);
        Sessions sessions = new Sessions(dated);
        Map<UUID, List<UUID>> seats = store.seats(school, term.get().id(), day, pupils).stream().collect(Collectors.groupingBy(Seated::pupil, Collectors.mapping(Seated::section, Collectors.toList())));
        Map<UUID, Integer> ordinals = store.ordinals(school, term.get().id(), today.get().follows().getValue());
        Day duty = duties.day(school, day);
        Answering answering = new Answering(duty.leader().orElse(DayPlan.NOBODY), duty.classes(), duty.sessions(), store.merged(school, term.get().id()));
        Map<UUID, Child> plans = new LinkedHashMap<>();
        for (Enrolled child : children) {
            Optional<GradeBand> band = calendar.bells().bandOf(child.grade());
            if (band.isEmpty()) continue;
            List<Slot> own = slots.getOrDefault(band.get().code(), List.of());
            if (own.isEmpty()) continue;
            List<DatedSession> clubs = seats.getOrDefault(child.pupil(), List.of()).stream().flatMap(section -> sessions.ofSection(section).stream()).toList();
            plans.put(child.pupil(), new Child(child.schoolClass(), plan(child, day, own, clubs, sessions, ordinals, answering)));
        }
        return new Planned(plans, dated.stream().filter(s -> !s.dropped()).collect(Collectors.toMap(DatedSession::id, answering::ofSession)));
    }

    private static DayPlan plan(Enrolled child, LocalDate day, List<Slot> slots, List<DatedSession> clubs, Sessions sessions, Map<UUID, Integer> ordinals, Answering answering) {
        UUID classTeacher = answering.ofClass(child.schoolClass());
        List<DatedSession> mine = new ArrayList<>();
        for (DatedSession club : clubs)
            if (!club.dropped() && (child.today() == null && child.special() == null || slots.stream().anyMatch(s -> stays(child, s, ordinals) && overlaps(s, club)))) mine.add(club);
        for (Slot slot : slots) {
            if (slot.kind() != SlotKind.PERIOD) continue;
            boolean stays = stays(child, slot, ordinals);
            // Whoever loses its club is back on the list of its own class.
            boolean lost = child.today() == null && child.special() == null && clubs.stream().anyMatch(c -> c.dropped() && overlaps(slot, c));
            if (!stays && !lost || mine.stream().anyMatch(m -> overlaps(slot, m))) continue;
            UUID room = answering.mergedInto(child.schoolClass(), slot.id());
            sessions.ofClass(room, slot.id()).filter(s -> !s.dropped()).ifPresent(mine::add);
        }
        mine.sort(Comparator.comparing(DatedSession::starts));
        List<DayPlan.Stop> stops = new ArrayList<>();
        for (DatedSession s : mine) {
            if (!stops.isEmpty() && at(day, s.starts()).isBefore(stops.getLast().to())) continue;
            stops.add(new DayPlan.Stop(s.id(), at(day, s.starts()), at(day, s.ends()), s.room() == null ? NO_ROOM : s.room(), answering.ofSession(s)));
        }
        LocalTime bell = slots.stream().map(s -> s.time().from()).min(Comparator.naturalOrder()).orElseThrow();
        return new DayPlan(at(day, bell), classTeacher, stops);
    }

    /** What was said for this day alone goes before the answer about a special day, and that before the week's. */
    private static boolean stays(Enrolled child, Slot slot, Map<UUID, Integer> ordinals) {
        return child.today() == null && child.special() != null ? !slot.time().until().isAfter(child.special()) : until(slot, ordinals) <= child.until();
    }

    private static int until(Slot slot, Map<UUID, Integer> ordinals) {
        return ordinals.getOrDefault(slot.id(), Integer.MAX_VALUE);
    }

    private static boolean overlaps(Slot slot, DatedSession session) {
        return slot.time().from().isBefore(session.ends()) && session.starts().isBefore(slot.time().until());
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(Screen.ZONE).toInstant();
    }

    /** The day's dated sessions, found by what they are. */
    private static final class Sessions {
        private final Map<UUID, List<DatedSession>> bySection;
        private final Map<List<UUID>, DatedSession> byClass;

        Sessions(List<DatedSession> all) {
            bySection = all.stream().filter(s -> s.section() != null).collect(Collectors.groupingBy(DatedSession::section));
            byClass = new HashMap<>();
            for (DatedSession s : all) if (s.schoolClass() != null) byClass.put(List.of(s.schoolClass(), s.slot()), s);
        }

        List<DatedSession> ofSection(UUID section) {
            return bySection.getOrDefault(section, List.of());
        }

        Optional<DatedSession> ofClass(UUID schoolClass, UUID slot) {
            return Optional.ofNullable(byClass.get(List.of(schoolClass, slot)));
        }
    }

    /**
     * Who answers on the day, always one of the school's own (R8).
     *
     * @param leader the duty leader, who answers wherever nobody else does
     * @param classes who has each class at the bell
     * @param sessions who has each session
     * @param merged into which class a class goes, by class and slot
     */
    record Answering(UUID leader, Map<UUID, UUID> classes, Map<UUID, UUID> sessions, Map<List<UUID>, UUID> merged) {
        UUID ofClass(UUID schoolClass) {
            return classes.getOrDefault(schoolClass, leader);
        }

        UUID mergedInto(UUID schoolClass, UUID slot) {
            return merged.getOrDefault(List.of(schoolClass, slot), schoolClass);
        }

        UUID ofSession(DatedSession session) {
            return sessions.getOrDefault(session.id(), leader);
        }
    }
}
