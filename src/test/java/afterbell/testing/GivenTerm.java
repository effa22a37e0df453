package afterbell.testing;

import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TermStore;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import afterbell.term.programme.Cell;
import afterbell.term.programme.FixedMember;
import afterbell.term.programme.Offering;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A school with a term, bells, classes, children and sections, as small as a test wants it. Every afternoon of grades 1-9 has two periods,
 * 16:00-16:50 and 17:00-17:50, in one band named {@code all}.
 */
public final class GivenTerm {
    public static final LocalDate FIRST_DAY = LocalDate.of(2026, 9, 1);
    private static final String BAND = "all";

    private final GivenSchool given;
    private final TermStore terms;
    private final Roster roster;
    private final Programme programme;
    private final Ids ids;

    GivenTerm(GivenSchool given, TermStore terms, Roster roster, Programme programme, Ids ids) {
        this.given = given;
        this.terms = terms;
        this.roster = roster;
        this.programme = programme;
        this.ids = ids;
    }

    /** A term of the school year that begins in {@code year}, half 1, with the two periods of every weekday. */
    public UUID term(UUID school, int year) {
        return term(school, year, new TermDates(LocalDate.of(year, 9, 1), LocalDate.of(year + 1, 1, 22)));
    }

    /** The same with its own days, for what depends on today: basic service from the second week, clubs from the fourth. */
    public UUID term(UUID school, int year, TermDates dates) {
        return term(school, year, 1, dates);
    }

    /** The same of either half. */
    public UUID term(UUID school, int year, int half, TermDates dates) {
        UUID term = ids.next();
        List<Slot> slots = new ArrayList<>();
        for (DayOfWeek day : List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY)) {
            slots.add(Slot.of("S1", BAND, day, TimeSpan.of("16:00", "16:50"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
            slots.add(Slot.of("S2", BAND, day, TimeSpan.of("17:00", "17:50"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
        }
        GradeBand band = new GradeBand(BAND, new Bilingual("全校", "All"), Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
        given.in(school, () -> {
            terms.put(school, new Term(term, year, half, dates, null, 2, 4, 2));
            terms.putBells(school, term, new BellGrid(List.of(band), slots, List.of()));
            return true;
        });
        return term;
    }

    public UUID term(UUID school) {
        return term(school, FIRST_DAY.getYear());
    }

    /** @param ordinal 1 or 2 */
    public UUID slot(UUID term, DayOfWeek day, int ordinal) {
        return Slot.idOf(term, BAND, day, "S" + ordinal);
    }

    public UUID schoolClass(UUID school, int grade, int number) {
        UUID id = ids.next();
        given.in(school, () -> {
            roster.addClasses(school, List.of(new SchoolClass(id, FIRST_DAY.getYear(), grade, number, grade + "年级" + number + "班", null)));
            return true;
        });
        return id;
    }

    /** Children of a class, in the order of their names. */
    public List<UUID> pupils(UUID school, UUID schoolClass, int count) {
        List<UUID> all = IntStream.range(0, count).mapToObj(i -> ids.next()).toList();
        given.in(school, () -> {
            roster.addPupils(school, IntStream.range(0, count)
                    .mapToObj(i -> new Roster.NewPupil(all.get(i), schoolClass, "学生" + (char) ('甲' + i), i % 2 == 0 ? "F" : "M", null, "xs" + (char) ('a' + i % 26) + i, null))
                    .toList());
            return true;
        });
        return all;
    }

    public UUID pupil(UUID school, UUID schoolClass) {
        return pupils(school, schoolClass, 1).getFirst();
    }

    /** What a section of the menu is like; change what matters. */
    public record SectionPlan(String code, String name, String activity, int gradeLo, int gradeHi, int minSize, int capacity, boolean fixed, List<UUID> slots) {
        public SectionPlan grades(int lo, int hi) {
            return new SectionPlan(code, name, activity, lo, hi, minSize, capacity, fixed, slots);
        }

        public SectionPlan size(int min, int max) {
            return new SectionPlan(code, name, activity, gradeLo, gradeHi, min, max, fixed, slots);
        }

        public SectionPlan team() {
            return new SectionPlan(code, name, activity, gradeLo, gradeHi, minSize, capacity, true, slots);
        }
    }

    /** A club for all grades, 1 to 20 children, named and keyed by its code. */
    public SectionPlan club(String code, UUID... slots) {
        return new SectionPlan(code, "社团" + code, code, 1, 9, 1, 20, false, Arrays.asList(slots));
    }

    /** Puts a section on the published menu. */
    public UUID section(UUID school, UUID term, SectionPlan plan) {
        UUID offering = ids.next();
        UUID section = ids.next();
        given.in(school, () -> {
            programme.putOfferings(school, List.of(new Offering(
                    offering, term, plan.activity(), plan.name(), Offering.Domain.OTHER, "", Cell.Layer.EXTENSION, null, null, "", false, 0, Offering.PriceUnit.SESSION, false)));
            programme.putSections(school, List.of(new Section(
                    section, offering, term, plan.code(), plan.name(), plan.fixed() ? Section.Kind.TEAM : Section.Kind.CLUB, plan.gradeLo(), plan.gradeHi(), plan.minSize(), plan.capacity(), "", null, null,
                    Section.State.PUBLISHED, plan.fixed(), plan.fixed() ? "校队" : "", plan.slots(), List.of())));
            return true;
        });
        return section;
    }

    /** Names children for a team. */
    public void members(UUID school, UUID section, List<UUID> pupils) {
        given.in(school, () -> {
            programme.putFixedMembers(school, pupils.stream().map(p -> new FixedMember(section, p, "")).toList());
            return true;
        });
    }
}
