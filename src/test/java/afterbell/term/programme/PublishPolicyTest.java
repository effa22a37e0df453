package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.Situation;
import afterbell.base.rules.engine.ShippedRules;
import afterbell.base.schools.Schools;
import afterbell.term.programme.Problem.Kind;
import afterbell.term.staffing.Fitness;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Plans drawn at random: what the policy says of double bookings is what counting minute by minute says, and a sound plan has no stop. */
@Req({"R33", "R42", "R62"})
class PublishPolicyTest {
    private static final long SEED = 20261122;
    private static final UUID TERM = new UUID(0, 1);

    private final Random random = new Random(SEED);

    private static UUID id(String kind, int n) {
        return UUID.nameUUIDFromBytes((kind + n).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static final List<SlotTime> SLOTS = slots();

    // Two bands whose hours overlap on the same afternoons.
    private static List<SlotTime> slots() {
        List<SlotTime> slots = new ArrayList<>();
        for (int day = 1; day <= 3; day++) {
            slots.add(new SlotTime(id("low" + day, 1), "low", day, "S1", LocalTime.of(16, 0), LocalTime.of(17, 0), "after-school", true));
            slots.add(new SlotTime(id("low" + day, 2), "low", day, "S2", LocalTime.of(17, 0), LocalTime.of(18, 0), "after-school", true));
            slots.add(new SlotTime(id("high" + day, 1), "high", day, "S1", LocalTime.of(16, 20), LocalTime.of(17, 20), "after-school", true));
            slots.add(new SlotTime(id("high" + day, 2), "high", day, "S2", LocalTime.of(17, 20), LocalTime.of(18, 20), "after-school", true));
        }
        return slots;
    }

    private static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (SlotTime s : SLOTS) {
            int lo = s.band().equals("low") ? 1 : 4;
            cells.add(new Cell(UUID.randomUUID(), TERM, s.band(), lo, lo + 2, s.weekday(), s.id(), 1, Cell.Form.CHOICE, "clubs", Cell.Layer.EXTENSION));
            cells.add(new Cell(UUID.randomUUID(), TERM, s.band(), lo, lo + 2, s.weekday(), s.id(), 2, Cell.Form.OWN_CLASS, "homework", Cell.Layer.BASIC));
        }
        return cells;
    }

    private static Section section(int n, SlotTime slot, int teacher, int room, int capacity, Section.Kind kind) {
        int lo = slot.band().equals("low") ? 1 : 4;
        boolean team = kind == Section.Kind.TEAM;
        return new Section(
                id("section", n), id("offering", n), TERM, "S" + n, "section " + n, kind, lo, lo + 2, 1, capacity, "", null, id("room", room), Section.State.DRAFT, team, team ? "a team" : "", List.of(slot.id()), List.of(id("staff", teacher)));
    }

    private static PlanFacts facts(List<Section> sections, List<FixedMember> members) {
        return facts(sections, members, Map.of(), List.of());
    }

    /** @param sizes children of classes of the lowest grade, by number */
    private static PlanFacts facts(List<Section> sections, List<FixedMember> members, Map<Integer, Integer> sizes, List<OwnClassDuty> duties) {
        List<SchoolClass> classes = sizes.keySet().stream().sorted().map(n -> new SchoolClass(id("class", n), 2026, 1, n, "class " + n, null)).toList();
        Map<UUID, Integer> children = sizes.entrySet().stream().collect(Collectors.toMap(e -> id("class", e.getKey()), Map.Entry::getValue));
        TreeMap<Integer, String> bands = new TreeMap<>();
        for (int g = 1; g <= 6; g++) bands.put(g, g <= 3 ? "low" : "high");
        List<Offering> offerings = sections.stream()
                .map(s -> new Offering(s.offering(), TERM, s.name(), s.name(), Offering.Domain.OTHER, "", Cell.Layer.EXTENSION, null, null, "", false, 0, Offering.PriceUnit.SESSION, false))
                .toList();
        List<StaffMember> staff = new ArrayList<>();
        List<Schools.Room> rooms = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            staff.add(new StaffMember(id("staff", i), null, "T" + i, "teacher " + i, "t" + i, "teacher", ""));
            rooms.add(new Schools.Room(id("room", i), "R" + i, "room " + i, "classroom", 60, false));
        }
        Situation situation = Situation.of("320400", LocalDate.of(2026, 9, 21));
        return new PlanFacts(
                LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22), bands, SLOTS, cells(), offerings, sections, duties, members, classes, children, rooms, staff, List.of(), List.of(), Map.<UUID, Fitness>of(), Map.<UUID, Fitness>of(), Map.of(),
                false, ShippedRules.book(), situation);
    }

    private static Set<Kind> kinds(List<Problem> problems) {
        return problems.stream().filter(Problem::stops).map(Problem::kind).collect(Collectors.toSet());
    }

    private SlotTime anySlot() {
        return SLOTS.get(random.nextInt(SLOTS.size()));
    }

    @Test
    void for_generated_menus_double_bookings_are_those_that_counting_minute_by_minute_finds() {
        int clashing = 0;
        for (int world = 0; world < 3_000; world++) {
            List<Section> sections = new ArrayList<>();
            List<FixedMember> members = new ArrayList<>();
            int many = 2 + random.nextInt(6);
            for (int n = 0; n < many; n++) {
                sections.add(section(n, anySlot(), random.nextInt(8), random.nextInt(8), 20, Section.Kind.TEAM));
                for (int m = random.nextInt(3); m >= 0; m--) members.add(new FixedMember(id("section", n), id("pupil", random.nextInt(12)), ""));
            }
            List<FixedMember> once = members.stream().distinct().toList();
            Set<Kind> expected = new HashSet<>();
            Map<UUID, SlotTime> at = SLOTS.stream().collect(Collectors.toMap(SlotTime::id, s -> s));
            Map<UUID, Set<UUID>> named = once.stream().collect(Collectors.groupingBy(FixedMember::section, Collectors.mapping(FixedMember::pupil, Collectors.toSet())));
            for (int a = 0; a < many; a++)
                for (int b = a + 1; b < many; b++) {
                    Section one = sections.get(a);
                    Section other = sections.get(b);
                    if (minutes(at.get(one.slots().getFirst()), at.get(other.slots().getFirst())) == 0) continue;
                    if (one.teachers().equals(other.teachers())) expected.add(Kind.TEACHER_TWICE);
                    if (one.room().equals(other.room())) expected.add(Kind.ROOM_TWICE);
                    Set<UUID> both = new HashSet<>(named.getOrDefault(one.id(), Set.of()));
                    both.retainAll(named.getOrDefault(other.id(), Set.of()));
                    if (!both.isEmpty()) expected.add(Kind.PUPIL_TWICE);
                }
            Set<Kind> found = kinds(PublishPolicy.problems(facts(sections, once)));
            found.retainAll(Set.of(Kind.TEACHER_TWICE, Kind.ROOM_TWICE, Kind.PUPIL_TWICE));
            assertThat(found).as("seed %d world %d", SEED, world).isEqualTo(expected);
            if (!expected.isEmpty()) clashing++;
        }
        // Both sides of the judgement were seen.
        assertThat(clashing).isBetween(300, 2_900);
    }

    private static int minutes(SlotTime a, SlotTime b) {
        int shared = 0;
        if (a.weekday() == b.weekday())
            for (LocalTime t = LocalTime.of(15, 0); t.isBefore(LocalTime.of(20, 0)); t = t.plusMinutes(1))
                if (!t.isBefore(a.from()) && t.isBefore(a.until()) && !t.isBefore(b.from()) && t.isBefore(b.until())) shared++;
        return shared;
    }

    /** A sound menu: each slot has a club of its own teacher and room, counted so that overlapping bands never share one. */
    private static List<Section> sound() {
        List<Section> sections = new ArrayList<>();
        int n = 0;
        for (SlotTime s : SLOTS) sections.add(section(n++, s, s.band().equals("low") ? 1 : 2, s.band().equals("low") ? 1 : 2, 20, Section.Kind.CLUB));
        return sections;
    }

    @Test
    void a_sound_menu_has_no_stop_and_each_single_fault_is_named() {
        assertThat(kinds(PublishPolicy.problems(facts(sound(), List.of())))).isEmpty();
        assertThat(kinds(PublishPolicy.problems(facts(List.of(), List.of())))).contains(Kind.EMPTY_MENU);
        for (int i = 0; i < SLOTS.size(); i++) {
            Section s = sound().get(i);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), s.gradeLo(), s.gradeHi(), 1, 20, "", null, s.room(), s.state(), false, "", List.of(), s.teachers()), Kind.NO_SLOT);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), s.gradeLo(), s.gradeHi(), 1, 20, "", null, s.room(), s.state(), false, "", s.slots(), List.of()), Kind.NO_TEACHER);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), s.gradeLo(), s.gradeHi(), 1, 20, "", null, null, s.state(), false, "", s.slots(), s.teachers()), Kind.NO_ROOM);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), 1, 6, 1, 20, "", null, s.room(), s.state(), false, "", s.slots(), s.teachers()), Kind.GRADES_NOT_REACHED);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), s.gradeLo(), s.gradeHi(), 1, 45, "", null, s.room(), s.state(), false, "", s.slots(), s.teachers()), Kind.ABOVE_CAP);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), Section.Kind.TEAM, s.gradeLo(), s.gradeHi(), 1, 20, "", null, s.room(), s.state(), true, "", s.slots(), s.teachers()), Kind.FIXED_WITHOUT_REASON);
            expect(i, new Section(s.id(), s.offering(), TERM, s.code(), s.name(), s.kind(), s.gradeLo(), s.gradeHi(), 1, 20, "", null, s.room(), s.state(), false, "", s.slots(), List.of(id("stranger", 1))), Kind.TEACHER_LEFT);
        }
    }

    private static void expect(int at, Section changed, Kind kind) {
        List<Section> menu = sound();
        menu.set(at, changed);
        assertThat(kinds(PublishPolicy.problems(facts(menu, List.of())))).as("%s at %d", kind, at).contains(kind);
    }

    @Test
    @Req("R62")
    void merged_classes_are_judged_by_the_size_of_a_group_of_own_class_care() {
        SlotTime slot = SLOTS.stream().filter(t -> t.band().equals("low")).findFirst().orElseThrow();
        Map<Integer, Integer> sizes = Map.of(1, 41, 2, 38);
        assertThat(PublishPolicy.problems(facts(List.of(), List.of(), sizes, List.of()))).extracting(Problem::kind).doesNotContain(Kind.OWN_CLASS_CROWDED);
        PlanFacts together = facts(List.of(), List.of(), sizes, List.of(new OwnClassDuty(TERM, id("class", 2), slot.id(), null, null, id("class", 1))));
        assertThat(PublishPolicy.problems(together)).filteredOn(p -> p.kind() == Kind.OWN_CLASS_CROWDED).singleElement().satisfies(p -> {
            assertThat(p.facts()).contains(1, "class 1", 79, 60);
            assertThat(p.stops()).as("advice is pointed out, nothing more").isFalse();
        });
    }
}
