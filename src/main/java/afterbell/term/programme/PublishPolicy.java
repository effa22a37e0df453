package afterbell.term.programme;

import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.Resolved;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Verdict;
import afterbell.base.schools.Schools;
import afterbell.term.programme.Problem.Grades;
import afterbell.term.programme.Problem.Kind;
import afterbell.term.programme.Problem.Place;
import afterbell.term.programme.Problem.When;
import afterbell.term.staffing.Fitness;
import afterbell.term.staffing.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a plan from being published, and what a person should look at first. Pure; one method per rule.
 *
 * <p>A school without a single choice cell needs no menu: then only the grid and the duties are judged.
 */
public final class PublishPolicy {
    private final PlanFacts facts;
    private final Map<UUID, SlotTime> slots;
    private final Map<UUID, Offering> offerings;
    private final Map<UUID, Schools.Room> rooms;
    private final Map<UUID, StaffMember> staff;
    private final Map<UUID, SchoolClass> classes;
    private final Map<UUID, List<FixedMember>> members;
    private final List<Section> alive;

    private PublishPolicy(PlanFacts facts) {
        this.facts = facts;
        slots = facts.slotsById();
        offerings = facts.offeringsById();
        rooms = facts.roomsById();
        staff = facts.staffById();
        classes = facts.classesById();
        members = facts.members().stream().collect(Collectors.groupingBy(FixedMember::section));
        alive = facts.sections().stream().filter(s -> s.state() != Section.State.WITHDRAWN).toList();
    }

    /** Everything, the stopping ones first. */
    public static List<Problem> problems(PlanFacts facts) {
        PublishPolicy policy = new PublishPolicy(facts);
        List<Problem> found = new ArrayList<>();
        policy.grid(found);
        policy.alive.forEach(s -> policy.section(s, found));
        policy.clashes(null, found);
        policy.menu(found);
        policy.duties(found);
        policy.crowded(found);
        found.sort(Comparator.comparing((Problem p) -> !p.stops()).thenComparing(Problem::kind));
        return found;
    }

    /** What concerns one section, clashes with others included. */
    public static List<Problem> of(PlanFacts facts, UUID section) {
        PublishPolicy policy = new PublishPolicy(facts);
        List<Problem> found = new ArrayList<>();
        policy.alive.stream().filter(s -> s.id().equals(section)).forEach(s -> policy.section(s, found));
        policy.clashes(section, found);
        return found;
    }

    private void section(Section s, List<Problem> found) {
        times(s, found);
        people(s, found);
        sizes(s, found);
        named(s, found);
        outside(s, found);
        price(s, found);
    }

    private void grid(List<Problem> found) {
        if (facts.cells().isEmpty()) {
            found.add(new Problem(Kind.EMPTY_GRID, List.of(), null, Place.GRID, true));
            return;
        }
        for (int grade : facts.bands().keySet()) {
            SortedSet<Integer> without = new TreeSet<>();
            SortedSet<Integer> served = new TreeSet<>();
            for (SlotTime slot : slotsOf(grade)) {
                if (!slot.period()) continue;
                served.add(slot.weekday());
                if (slot.weekday() <= 5) without.add(slot.weekday());
            }
            facts.cells().stream()
                    .filter(c -> c.gradeLo() <= grade && grade <= c.gradeHi() && c.layer() == Cell.Layer.BASIC && slots.containsKey(c.slot()))
                    .forEach(c -> without.remove(Objects.requireNonNull(slots.get(c.slot())).weekday()));
            if (!served.isEmpty() && !without.isEmpty())
                found.add(new Problem(Kind.NO_BASIC_SERVICE, List.of(new Grades(grade, grade), new Problem.Day(without.first()), without.size()), null, Place.GRID, false));
        }
    }

    private void times(Section s, List<Problem> found) {
        List<SlotTime> meets = slotsOf(s);
        if (meets.isEmpty()) {
            found.add(Problem.stop(Kind.NO_SLOT, s, s.name()));
            return;
        }
        Set<Integer> reached = new TreeSet<>();
        for (SlotTime slot : meets) {
            List<Integer> grades = grades(s).stream().filter(g -> slot.band().equals(facts.bands().get(g))).toList();
            reached.addAll(grades);
            SortedSet<Integer> choosing = CellPolicy.choosing(facts.cells(), slot.id());
            if (!s.fixed() && !grades.isEmpty() && !choosing.containsAll(grades))
                found.add(Problem.stop(Kind.NOTHING_TO_CHOOSE_THERE, s, s.name(), when(slot), span(grades.stream().filter(g -> !choosing.contains(g)).toList())));
        }
        List<Integer> missed = grades(s).stream().filter(g -> !reached.contains(g)).toList();
        if (!missed.isEmpty()) found.add(Problem.stop(Kind.GRADES_NOT_REACHED, s, s.name(), span(missed)));
        // One meeting: slots of several bands on one weekday must be the same stretch, else two groups of children would come at different bells.
        Map<Integer, List<SlotTime>> byDay = meets.stream().collect(Collectors.groupingBy(SlotTime::weekday));
        byDay.forEach((day, list) -> {
            for (int i = 0; i < list.size(); i++)
                for (int j = i + 1; j < list.size(); j++) {
                    SlotTime a = list.get(i);
                    SlotTime b = list.get(j);
                    if (!a.band().equals(b.band()) && !a.sameTime(b) && a.overlap(b) > 0) {
                        found.add(Problem.stop(Kind.TIMES_DIFFER, s, s.name(), when(a), when(b)));
                        return;
                    }
                }
        });
    }

    private void people(Section s, List<Problem> found) {
        if (s.teachers().isEmpty()) found.add(Problem.stop(Kind.NO_TEACHER, s, s.name()));
        if (s.room() == null || !rooms.containsKey(s.room())) found.add(Problem.stop(Kind.NO_ROOM, s, s.name()));
        for (UUID teacher : s.teachers()) {
            if (!staff.containsKey(teacher)) {
                found.add(Problem.stop(Kind.TEACHER_LEFT, s, s.name()));
                continue;
            }
            boolean asked = facts.availability().stream().anyMatch(a -> a.staff().equals(teacher));
            if (!asked) continue;
            slotsOf(s).stream()
                    .filter(slot -> facts.availability().stream().noneMatch(a -> a.staff().equals(teacher) && a.covers(slot.weekday(), slot.from(), slot.until())))
                    .findFirst()
                    .ifPresent(slot -> found.add(Problem.look(Kind.TEACHER_AWAY, s, s.name(), name(teacher), when(slot))));
        }
    }

    private void sizes(Section s, List<Problem> found) {
        @Nullable Rule<Integer> cap = switch (s.kind()) {
            case CLUB -> Rule.CLUB_MAX_SIZE;
            case WALKING -> Rule.WALKING_CLASS_MAX_SIZE;
            case TEAM -> null;
        };
        if (cap != null)
            switch (facts.rules().resolve(cap, facts.situation()).verdict(s.capacity())) {
                case Verdict.Allowed ignored -> {}
                case Verdict.NeedsReason no -> {
                    if (s.capacityReason().isBlank()) found.add(Problem.stop(Kind.ABOVE_CAP, s, s.name(), s.capacity(), no.limit(), no.clause().text().zh()));
                }
                case Verdict.Refused no -> found.add(Problem.stop(Kind.ABOVE_BAN, s, s.name(), s.capacity(), no.limit(), no.clause().text().zh()));
            }
        Schools.@Nullable Room room = s.room() == null ? null : rooms.get(s.room());
        if (room != null && s.capacity() > room.capacity()) found.add(Problem.look(Kind.ABOVE_ROOM, s, s.name(), s.capacity(), room.name(), room.capacity()));
    }

    private void named(Section s, List<Problem> found) {
        List<FixedMember> own = members.getOrDefault(s.id(), List.of());
        if (s.fixed()) {
            if (s.fixedReason().isBlank()) found.add(Problem.stop(Kind.FIXED_WITHOUT_REASON, s, s.name()));
            if (own.isEmpty()) found.add(Problem.look(Kind.MEMBERS_NONE, s, s.name()).at(Place.MEMBERS));
        }
        if (own.size() > s.capacity()) found.add(Problem.stop(Kind.MEMBERS_ABOVE_CAPACITY, s, s.name(), own.size(), s.capacity()).at(Place.MEMBERS));
        int share = facts.rules().resolve(Rule.FIXED_MEMBERS_MAX_PERCENT, facts.situation()).value();
        if (!s.fixed() && own.size() <= s.capacity() && own.size() * 100 > share * s.capacity())
            found.add(Problem.stop(Kind.MEMBERS_ABOVE_SHARE, s, s.name(), own.size(), s.capacity(), share).at(Place.MEMBERS));
    }

    private void outside(Section s, List<Problem> found) {
        Offering of = offering(s);
        @Nullable UUID provider = of.provider();
        Set<UUID> providers = new HashSet<>();
        if (provider != null) providers.add(provider);
        for (UUID teacher : s.teachers()) {
            @Nullable StaffMember person = staff.get(teacher);
            if (person == null || !person.kind().equals("outside")) continue;
            @Nullable UUID sender = facts.sentBy().get(teacher);
            if (sender == null && provider == null) found.add(Problem.stop(Kind.OUTSIDE_WITHOUT_PROVIDER, s, s.name(), person.name()));
            if (sender != null) providers.add(sender);
            fitness(s, facts.outside().get(teacher), person.name(), Kind.PERSON_NOT_FIT, Kind.PERSON_RUNS_OUT, found);
        }
        for (UUID each : providers) {
            @Nullable Fitness fit = facts.providersFit().get(each);
            fitness(s, fit, fit == null ? "" : fit.name(), Kind.PROVIDER_NOT_FIT, Kind.PROVIDER_RUNS_OUT, found);
            @Nullable Provider known = facts.providersById().get(each);
            if (known == null || known.kind() != Provider.Kind.INSTITUTION) continue;
            if (!facts.rules().resolve(Rule.INSTITUTIONS_ALLOWED, facts.situation()).value()) found.add(Problem.stop(Kind.INSTITUTIONS_BARRED, s, s.name()).at(Place.RULES));
            else if (!known.chosenBy().open() && facts.rules().resolve(Rule.EXTERNAL_SELECTION_REQUIRED, facts.situation()).value())
                found.add(Problem.stop(Kind.PROVIDER_NOT_CHOSEN_OPENLY, s, s.name(), fit == null ? "" : fit.name()).at(Place.PROVIDERS));
        }
        boolean interest = of.layer() == Cell.Layer.EXTENSION && s.kind() != Section.Kind.TEAM;
        if (interest && !facts.rules().resolve(Rule.INTEREST_CLASSES_ALLOWED, facts.situation()).value()) found.add(Problem.stop(Kind.INTEREST_CLASSES_BARRED, s, s.name()).at(Place.RULES));
    }

    private void fitness(Section s, @Nullable Fitness fit, String name, Kind notFit, Kind runsOut, List<Problem> found) {
        if (fit == null || !fit.fit()) found.add(Problem.stop(notFit, s, s.name(), name).at(Place.PROVIDERS));
        else if (fit.until() != null && fit.until().isBefore(facts.until())) found.add(Problem.look(runsOut, s, s.name(), name, fit.until()).at(Place.PROVIDERS));
    }

    private void price(Section s, List<Problem> found) {
        if (offering(s).priceFen() > 0 && !facts.charges()) found.add(Problem.stop(Kind.PRICE_WITHOUT_DOCUMENT, s, s.name()).at(Place.PRICES));
    }

    /** @param about null for all clashes, each said once; or the section whose clashes are asked for */
    private void clashes(@Nullable UUID about, List<Problem> found) {
        Map<UUID, Integer> shared = new HashMap<>();
        rooms.values().stream().filter(r -> r.outdoor() || r.kind().equals("hall")).forEach(r -> shared.put(r.id(), r.capacity()));
        for (Clashes.Clash clash : Clashes.of(bookings(), shared)) {
            UUID first = clash.first().owner();
            UUID second = clash.second().owner();
            if (about != null && !about.equals(first) && !about.equals(second)) continue;
            // Said at the section that is asked about, else at the later one; a class has no page of its own, its duties have.
            @Nullable Section at = about != null ? sectionOf(about) : sectionOf(second) != null ? sectionOf(second) : sectionOf(first);
            found.add(clash(clash, at));
        }
    }

    private Problem clash(Clashes.Clash clash, @Nullable Section at) {
        Kind kind = switch (clash.kind()) {
            case TEACHER -> Kind.TEACHER_TWICE;
            case ROOM -> Kind.ROOM_TWICE;
            case PUPIL -> Kind.PUPIL_TWICE;
        };
        String what = switch (clash.kind()) {
            case TEACHER -> name(clash.what());
            case ROOM -> rooms.containsKey(clash.what()) ? Objects.requireNonNull(rooms.get(clash.what())).name() : "";
            case PUPIL -> "";
        };
        Place place = at == null ? Place.DUTIES : clash.kind() == Clashes.Kind.PUPIL ? Place.MEMBERS : Place.SECTION;
        When when = new When(clash.second().weekday(), clash.second().from(), clash.second().until());
        List<Object> said = List.of(what, when, ownerName(clash.first().owner()), ownerName(clash.second().owner()), clash.minutes());
        return new Problem(kind, said, at == null ? null : at.id(), place, true);
    }

    private List<Clashes.Booking> bookings() {
        List<Clashes.Booking> all = new ArrayList<>();
        for (Section s : alive) {
            Set<UUID> pupils = members.getOrDefault(s.id(), List.of()).stream().map(FixedMember::pupil).collect(Collectors.toSet());
            Set<When> meetings = slotsOf(s).stream().map(PublishPolicy::when).collect(Collectors.toSet());
            for (When w : meetings) all.add(new Clashes.Booking(s.id(), w.weekday(), w.from(), w.until(), new HashSet<>(s.teachers()), s.room(), pupils, s.capacity()));
        }
        for (OwnClassDuty d : facts.duties()) {
            @Nullable SlotTime slot = slots.get(d.slot());
            if (slot == null || d.mergedInto() != null) continue;
            @Nullable SchoolClass klass = classes.get(d.klass());
            @Nullable UUID room = d.room() != null ? d.room() : klass == null ? null : klass.room();
            all.add(new Clashes.Booking(d.klass(), slot.weekday(), slot.from(), slot.until(), d.staff() == null ? Set.of() : Set.of(d.staff()), room, Set.of(), 0));
        }
        return all;
    }

    private void menu(List<Problem> found) {
        boolean anyChoice = facts.cells().stream().anyMatch(c -> c.form() == Cell.Form.CHOICE);
        if (!anyChoice) return;
        List<Section> open = alive.stream().filter(s -> !s.fixed()).toList();
        if (open.isEmpty()) {
            found.add(new Problem(Kind.EMPTY_MENU, List.of(), null, Place.GRID, true));
            return;
        }
        for (SlotTime slot : facts.slots()) {
            List<Integer> empty = CellPolicy.choosing(facts.cells(), slot.id()).stream()
                    .filter(g -> open.stream().noneMatch(s -> s.slots().contains(slot.id()) && s.gradeLo() <= g && g <= s.gradeHi()))
                    .toList();
            if (!empty.isEmpty()) found.add(new Problem(Kind.CHOICE_WITHOUT_SECTION, List.of(span(empty), when(slot)), null, Place.GRID, true));
        }
        int least = facts.rules().resolve(Rule.MENU_LEAST_COURSES, facts.situation()).value();
        long courses = open.stream().map(s -> offering(s).activity()).distinct().count();
        if (courses < least) found.add(new Problem(Kind.FEW_COURSES, List.of(courses, least), null, Place.RULES, false));
    }

    private void duties(List<Problem> found) {
        Map<String, OwnClassDuty> known = facts.duties().stream().collect(Collectors.toMap(d -> d.klass() + "/" + d.slot(), d -> d, (a, b) -> a));
        int without = 0;
        @Nullable SchoolClass first = null;
        @Nullable SlotTime at = null;
        for (SchoolClass klass : facts.classes())
            for (SlotTime slot : slotsOf(klass.grade())) {
                if (!staysInClass(klass.grade(), slot)) continue;
                @Nullable OwnClassDuty duty = known.get(klass.id() + "/" + slot.id());
                if (duty != null && (duty.staff() != null || duty.mergedInto() != null)) continue;
                without++;
                if (first == null) {
                    first = klass;
                    at = slot;
                }
            }
        if (first != null && at != null) found.add(new Problem(Kind.DUTY_WITHOUT_TEACHER, List.of(without, first.name(), when(at)), null, Place.DUTIES, false));
    }

    /** Groups of own-class care, merged classes as one, in which more children could sit than the rule has: nobody is refused there, so all of them count. */
    private void crowded(List<Problem> found) {
        Resolved<Integer> most = facts.rules().resolve(Rule.OWN_CLASS_MAX_SIZE, facts.situation());
        Map<String, UUID> joins = new HashMap<>();
        for (OwnClassDuty d : facts.duties()) if (d.mergedInto() != null) joins.put(d.klass() + "/" + d.slot(), d.mergedInto());
        int groups = 0;
        @Nullable Problem first = null;
        for (SlotTime slot : facts.slots()) {
            Map<UUID, Integer> together = new LinkedHashMap<>();
            for (SchoolClass klass : facts.classes())
                if (slot.band().equals(facts.bands().get(klass.grade())) && staysInClass(klass.grade(), slot))
                    together.merge(joins.getOrDefault(klass.id() + "/" + slot.id(), klass.id()), facts.classSizes().getOrDefault(klass.id(), 0), Integer::sum);
            for (Map.Entry<UUID, Integer> group : together.entrySet()) {
                if (group.getValue() <= most.value()) continue;
                groups++;
                boolean barred = most.verdict(group.getValue()) instanceof Verdict.Refused;
                if (first == null) first = new Problem(Kind.OWN_CLASS_CROWDED, List.of(ownerName(group.getKey()), when(slot), group.getValue(), most.value()), null, Place.DUTIES, barred);
            }
        }
        if (first == null) return;
        List<Object> facts = new ArrayList<>(first.facts());
        facts.addFirst(groups);
        found.add(new Problem(first.kind(), facts, null, first.place(), first.stops()));
    }

    /** Whether children of a grade are with their class in a slot: own class stands beside every choice, too. */
    private boolean staysInClass(int grade, SlotTime slot) {
        return !CellPolicy.of(facts.cells(), slot.id(), grade).isEmpty();
    }

    private @Nullable Section sectionOf(UUID owner) {
        return alive.stream().filter(s -> s.id().equals(owner)).findFirst().orElse(null);
    }

    private String ownerName(UUID owner) {
        @Nullable Section s = sectionOf(owner);
        if (s != null) return s.name();
        @Nullable SchoolClass klass = classes.get(owner);
        return klass == null ? "" : klass.name();
    }

    private String name(UUID person) {
        @Nullable StaffMember who = staff.get(person);
        return who == null ? "" : who.name();
    }

    private Offering offering(Section s) {
        return Objects.requireNonNull(offerings.get(s.offering()), "a section without its offering");
    }

    private List<SlotTime> slotsOf(Section s) {
        return s.slots().stream().map(slots::get).filter(Objects::nonNull).sorted(SlotTime.IN_ORDER).toList();
    }

    private List<SlotTime> slotsOf(int grade) {
        @Nullable String band = facts.bands().get(grade);
        return facts.slots().stream().filter(s -> s.band().equals(band)).toList();
    }

    private List<Integer> grades(Section s) {
        return facts.bands().keySet().stream().filter(g -> s.gradeLo() <= g && g <= s.gradeHi()).toList();
    }

    private static Grades span(Collection<Integer> grades) {
        SortedSet<Integer> sorted = new TreeSet<>(grades);
        return new Grades(sorted.first(), sorted.last());
    }

    private static When when(SlotTime slot) {
        return new When(slot.weekday(), slot.from(), slot.until());
    }
}
