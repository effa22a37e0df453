package afterbell.app.demo;

import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.term.programme.Cell;
import afterbell.term.programme.FixedMember;
import afterbell.term.programme.Offering;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Plan, duties and menu of the demo school: the same for last term and this one, with sections of their own. */
@Component
@Order(40)
@ConditionalOnProperty("afterbell.demo")
final class ProgrammeChapter implements DemoChapter {
    private final Programme programme;
    private final Calendars calendars;
    private final Schools schools;
    private final Roster roster;
    private final Staffing staffing;
    private final Ids ids;
    private final TransactionTemplate transactions;

    ProgrammeChapter(Programme programme, Calendars calendars, Schools schools, Roster roster, Staffing staffing, Ids ids, TransactionTemplate transactions) {
        this.programme = programme;
        this.calendars = calendars;
        this.schools = schools;
        this.roster = roster;
        this.staffing = staffing;
        this.ids = ids;
        this.transactions = transactions;
    }

    @Override
    public void load(DemoSchool plan, UUID school) {
        transactions.executeWithoutResult(t -> {
            Known known = new Known(
                    schools.rooms(school).stream().collect(Collectors.toMap(Schools.Room::code, Schools.Room::id)),
                    roster.staff(school).stream().collect(Collectors.toMap(StaffMember::code, StaffMember::id)),
                    roster.classes(school).stream().collect(Collectors.toMap(c -> c.grade() + "/" + c.number(), SchoolClass::id)),
                    staffing.providers(school).stream().collect(Collectors.toMap(Provider::name, Provider::id)));
            for (Term term : calendars.terms(school)) {
                Map<String, UUID> slots = calendars.bells(school, term.id()).slots().stream().collect(Collectors.toMap(s -> key(s.band(), s.day(), s.code()), Slot::id, (a, b) -> a));
                boolean now = term.startYear() == plan.startYear();
                cells(plan, school, term, slots);
                menu(plan, school, term, slots, known, now);
                if (now) duties(plan, school, term, slots, known);
                programme.release(school, term.id(), null);
            }
        });
    }

    private record Known(Map<String, UUID> rooms, Map<String, UUID> staff, Map<String, UUID> classes, Map<String, UUID> providers) {}

    private static String key(String band, DayOfWeek day, String code) {
        return band + "/" + day + "/" + code;
    }

    private static String band(DemoSchool plan, int grade) {
        return plan.bands().stream().filter(b -> b.fromGrade() <= grade && grade <= b.untilGrade()).map(DemoSchool.Band::key).findFirst().orElseThrow();
    }

    private static UUID slot(DemoSchool plan, Map<String, UUID> slots, int grade, DayOfWeek day, int index) {
        return Objects.requireNonNull(slots.get(key(band(plan, grade), day, "S" + index)));
    }

    // Neighbouring grades of a band with equal contents share their cells, as a plan prints them.
    private void cells(DemoSchool plan, UUID school, Term term, Map<String, UUID> slots) {
        Map<String, DemoSchool.Cell> grid = plan.grid().stream().collect(Collectors.toMap(c -> c.grade() + "/" + c.day() + "/" + c.slot(), c -> c));
        String own = plan.grid().stream().filter(c -> c.form() == DemoSchool.CellForm.OWN_CLASS).map(DemoSchool.Cell::name).findFirst().orElseThrow();
        List<Cell> cells = new ArrayList<>();
        for (DemoSchool.Band band : plan.bands())
            for (DemoSchool.Slot at : plan.slots())
                if (at.stage() == DemoSchool.Stage.of(band.fromGrade()))
                    for (DayOfWeek day : DayOfWeek.values()) {
                        int from = band.fromGrade();
                        for (int grade = band.fromGrade(); grade <= band.untilGrade(); grade++) {
                            DemoSchool.@Nullable Cell here = grid.get(grade + "/" + day + "/" + at.index());
                            DemoSchool.@Nullable Cell next = grid.get((grade + 1) + "/" + day + "/" + at.index());
                            boolean ends = grade == band.untilGrade() || here == null || next == null || here.form() != next.form() || !here.name().equals(next.name());
                            if (!ends) continue;
                            if (here != null) contents(term, band.key(), from, grade, day, slot(plan, slots, grade, day, at.index()), here, own, cells);
                            from = grade + 1;
                        }
                    }
        for (DemoSchool.Band band : plan.bands())
            for (DayOfWeek day : DayOfWeek.values()) {
                @Nullable UUID noon = slots.get(key(band.key(), day, CalendarChapter.NOON));
                if (noon != null) cells.add(new Cell(ids.next(), term.id(), band.key(), band.fromGrade(), band.untilGrade(), day.getValue(), noon, 1, Cell.Form.OWN_CLASS, DemoWords.read().noon(), Cell.Layer.BASIC));
            }
        programme.putCells(school, cells);
    }

    private void contents(Term term, String band, int from, int until, DayOfWeek day, UUID slot, DemoSchool.Cell cell, String own, List<Cell> cells) {
        switch (cell.form()) {
            case OWN_CLASS -> cells.add(new Cell(ids.next(), term.id(), band, from, until, day.getValue(), slot, 1, Cell.Form.OWN_CLASS, cell.name(), Cell.Layer.BASIC));
            case WHOLE_CLASS -> cells.add(new Cell(ids.next(), term.id(), band, from, until, day.getValue(), slot, 1, Cell.Form.WHOLE_CLASS, cell.name(), Cell.Layer.EXTENSION));
            case CHOICE -> {
                cells.add(new Cell(ids.next(), term.id(), band, from, until, day.getValue(), slot, 1, Cell.Form.CHOICE, cell.name(), Cell.Layer.EXTENSION));
                cells.add(new Cell(ids.next(), term.id(), band, from, until, day.getValue(), slot, 2, Cell.Form.OWN_CLASS, own, Cell.Layer.BASIC));
            }
        }
    }

    private void menu(DemoSchool plan, UUID school, Term term, Map<String, UUID> slots, Known known, boolean now) {
        DemoWords words = DemoWords.read();
        Map<String, UUID> pupils = now ? pupils(plan, school, known) : Map.of();
        List<Offering> offerings = new ArrayList<>();
        List<Section> sections = new ArrayList<>();
        List<FixedMember> members = new ArrayList<>();
        for (DemoSchool.Section s : plan.sections()) {
            UUID offering = ids.next();
            UUID section = ids.next();
            boolean fixed = s.form() == DemoSchool.SectionForm.FIXED_MEMBERS;
            offerings.add(new Offering(
                    offering,
                    term.id(),
                    s.name(),
                    s.name(),
                    words.domain(s.domain()),
                    s.description(),
                    Cell.Layer.EXTENSION,
                    s.provider() == null ? null : known.providers().get(s.provider()),
                    null,
                    s.materials() == null ? "" : s.materials(),
                    s.insurance(),
                    s.fen(),
                    Offering.PriceUnit.SESSION,
                    false));
            sections.add(new Section(
                    section,
                    offering,
                    term.id(),
                    s.code(),
                    s.name(),
                    fixed ? Section.Kind.TEAM : s.maximum() <= 20 ? Section.Kind.CLUB : Section.Kind.WALKING,
                    s.grades().stream().min(Integer::compare).orElseThrow(),
                    s.grades().stream().max(Integer::compare).orElseThrow(),
                    s.minimum(),
                    s.maximum(),
                    "",
                    null,
                    known.rooms().get(s.room()),
                    Section.State.DRAFT,
                    fixed,
                    s.reason() == null ? "" : s.reason(),
                    s.grades().stream().map(g -> slot(plan, slots, g, s.day(), s.slot())).distinct().toList(),
                    s.teachers().stream().map(code -> Objects.requireNonNull(known.staff().get(code))).toList()));
            if (now) s.members().forEach(code -> members.add(new FixedMember(section, Objects.requireNonNull(pupils.get(code)), "")));
        }
        programme.putOfferings(school, offerings);
        programme.putSections(school, sections);
        programme.putFixedMembers(school, members);
    }

    // The roster gives children their own ids; class, name and birthday tell them apart.
    private Map<String, UUID> pupils(DemoSchool plan, UUID school, Known known) {
        Map<String, UUID> ofSchool = roster.pupils(school).stream().collect(Collectors.toMap(p -> p.schoolClass() + p.name() + p.birthday(), Pupil::id, (a, b) -> a));
        Map<String, UUID> byCode = new HashMap<>();
        for (DemoSchool.Pupil p : plan.pupils()) {
            @Nullable UUID id = ofSchool.get(known.classes().get(p.grade() + "/" + p.classNumber()) + p.name() + p.birthday());
            if (id != null) byCode.put(p.code(), id);
        }
        return byCode;
    }

    private void duties(DemoSchool plan, UUID school, Term term, Map<String, UUID> slots, Known known) {
        Map<String, UUID> classes = new HashMap<>();
        plan.classes().forEach(c -> classes.put(c.code(), Objects.requireNonNull(known.classes().get(c.grade() + "/" + c.number()))));
        Map<String, Integer> grades = plan.classes().stream().collect(Collectors.toMap(DemoSchool.SchoolClass::code, DemoSchool.SchoolClass::grade));
        programme.putDuties(
                school,
                plan.duties().stream()
                        .map(d -> new OwnClassDuty(
                                term.id(), Objects.requireNonNull(classes.get(d.classCode())), slot(plan, slots, grades.getOrDefault(d.classCode(), 1), d.day(), d.slot()), known.staff().get(d.teacher()), null, null))
                        .toList());
    }
}
