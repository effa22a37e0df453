package afterbell.app.scenarios;

import afterbell.app.demo.DemoNames;
import afterbell.app.demo.DemoSchool;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermStore;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.ChoiceStore;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.rules.engine.RuleBook;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.text.Pinyin;
import afterbell.base.shared.yaml.YamlTree;
import afterbell.term.programme.Cell;
import afterbell.term.programme.Offering;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.Programme;
import afterbell.term.programme.Section;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a school of a scenario: classes, children and teachers with fictional names drawn from a fixed seed, the term with its bells, the rule switches (each
 * must be allowed by the packs of that year), the plan's cells, duties for every class, courses for its choice cells; then publishes, with all checks.
 */
@Component
public class LoadScenario {
    private static final long SEED = 20_260_901;
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int CLUB_PLACES = 20;
    private static final int WALKING_PLACES = 30;

    private final Schools schools;
    private final TermStore terms;
    private final Roster roster;
    private final Rules rules;
    private final ChoiceStore choices;
    private final Programme programme;
    private final Plans plans;
    private final Ids ids;
    private final Clock clock;
    private final TransactionTemplate transactions;

    LoadScenario(
            Schools schools, TermStore terms, Roster roster, Rules rules, ChoiceStore choices, Programme programme, Plans plans, Ids ids, Clock clock, TransactionTemplate transactions) {
        this.schools = schools;
        this.terms = terms;
        this.roster = roster;
        this.rules = rules;
        this.choices = choices;
        this.programme = programme;
        this.plans = plans;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
    }

    /**
     * @param stops what kept the plan from being published; empty where it is public
     * @param barred rule switches that the packs of the plan's year don't allow
     */
    public record Loaded(UUID school, UUID term, List<Problem> stops, List<String> barred) {}

    /** Adds the school under a bureau of its own. Everything or nothing. */
    public Loaded load(Scenario plan, String code) {
        UUID bureau = ids.next();
        UUID school = ids.next();
        Scopes.within(Scope.bureau(bureau, NOBODY), () -> transactions.executeWithoutResult(t -> {
            schools.addBureau(bureau, null, plan.title(), plan.region());
            schools.add(new School(school, code, plan.title(), plan.region(), plan.kind(), plan.setting(), plan.ownership(), false, "-"), List.of(bureau));
        }));
        return Objects.requireNonNull(Scopes.within(Scope.school(school, null), () -> transactions.execute(t -> new Work(plan, school).load())));
    }

    /** One scenario on its way into one school. */
    private final class Work {
        private final Scenario plan;
        private final UUID school;
        private final UUID term = ids.next();
        private final Random random = new Random(SEED);
        private final DemoNames names = new DemoNames();
        private final Map<Integer, List<SchoolClass>> classes = new HashMap<>();
        private final Map<UUID, UUID> leads = new HashMap<>();
        private final List<UUID> others = new ArrayList<>();
        private final List<UUID> rooms = new ArrayList<>();
        private int codes;

        Work(Scenario plan, UUID school) {
            this.plan = plan;
            this.school = school;
        }

        Loaded load() {
            for (GradeBand band : plan.bells().bands()) for (int grade : band.grades()) schools.putGrade(school, new Schools.Grade(grade, Integer.toString(grade), band.code()));
            Term made = new Term(term, plan.year(), plan.half(), plan.dates(), plan.registration(), plan.serviceWeek(), plan.clubsWeek(), plan.addDropWeeks());
            terms.put(school, made);
            terms.putBells(school, term, plan.bells());
            List<String> barred = rules();
            people();
            cells();
            duties();
            menu();
            return new Loaded(school, term, plans.publish(school, made, null), barred);
        }

        private List<String> rules() {
            List<String> barred = new ArrayList<>();
            plan.rules().forEach((rule, value) -> {
                if (!set(rule, value)) barred.add(rule.key());
            });
            rules.forget(school);
            return barred;
        }

        // A school may be stricter than its packs, and otherwise only where they advise: the same test as on its page of rules.
        private <T> boolean set(Rule<T> rule, YamlTree value) {
            T read = Objects.requireNonNull(rule.kind().read(value));
            LocalDate day = plan.dates().first();
            if (rules.value(school, day, rule).equals(read)) return true;
            if (RuleBook.maySet(rules.resolve(rules.situation(school, day), rule), read) != RuleBook.MaySet.YES) return false;
            choices.put(school, rule, read, clock.instant(), NOBODY);
            return true;
        }

        private void people() {
            List<SchoolClass> all = new ArrayList<>();
            List<StaffMember> staff = new ArrayList<>();
            plan.classes().forEach((grade, count) -> {
                for (int number = 1; number <= count; number++) {
                    String name = ClassNames.write(grade, number);
                    UUID room = room(String.format(Locale.ROOT, "J%02d%02d", grade, number), name, 50, "classroom");
                    SchoolClass c = new SchoolClass(ids.next(), plan.year(), grade, number, name, room);
                    all.add(c);
                    classes.computeIfAbsent(grade, g -> new ArrayList<>()).add(c);
                    leads.put(c.id(), teacher(staff));
                    others.add(teacher(staff));
                    rooms.add(room(String.format(Locale.ROOT, "Z%02d", rooms.size() + 1), String.format(Locale.ROOT, plan.room(), rooms.size() + 1), 50, "special"));
                }
            });
            roster.addStaff(school, staff);

            roster.addClasses(school, all);
            leads.forEach((c, s) -> roster.putClassTeacher(school, c, s, false));
            List<Roster.NewPupil> pupils = new ArrayList<>();
            for (int i = 0; i < plan.pupils(); i++) {
                SchoolClass home = all.get(i % all.size());
                DemoSchool.Gender gender = random.nextBoolean() ? DemoSchool.Gender.FEMALE : DemoSchool.Gender.MALE;
                String name = names.surname(random) + names.child(gender, random);
                LocalDate birthday = LocalDate.of(plan.year() - 6 - home.grade(), 9, 1).plusDays(random.nextInt(365));
                pupils.add(new Roster.NewPupil(ids.next(), home.id(), name, gender == DemoSchool.Gender.FEMALE ? "F" : "M", birthday, Pinyin.initials(name), null));
            }
            roster.addPupils(school, pupils);
        }

        private UUID room(String code, String name, int seats, String kind) {
            UUID id = ids.next();
            schools.putRoom(school, new Schools.Room(id, code, name, kind, seats, false));
            return id;
        }

        private UUID teacher(List<StaffMember> staff) {
            String name = names.surname(random) + names.adult(random.nextBoolean() ? DemoSchool.Gender.FEMALE : DemoSchool.Gender.MALE, random);
            UUID id = ids.next();
            staff.add(new StaffMember(id, null, String.format(Locale.ROOT, "T%03d", staff.size() + 1), name, Pinyin.initials(name), "teacher", ""));
            return id;
        }

        private void cells() {
            List<Cell> cells = new ArrayList<>();
            for (Scenario.Place place : plan.places()) {
                TreeSet<Integer> grades = new TreeSet<>(grades(place.band()));
                int ordinal = 1;
                for (Scenario.Content c : place.contents())
                    cells.add(new Cell(
                            ids.next(), term, place.band(), grades.first(), grades.last(), place.day().getValue(), slot(place), ordinal++, c.form(), c.text(), c.layer()));
            }
            programme.putCells(school, cells);
        }

        private List<Integer> grades(String band) {
            return plan.bells().bands().stream().filter(b -> b.code().equals(band)).flatMap(b -> b.grades().stream()).sorted().toList();
        }

        private UUID slot(Scenario.Place place) {
            return Slot.idOf(term, place.band(), place.day(), place.slot());
        }

        private void duties() {
            List<OwnClassDuty> duties = new ArrayList<>();
            for (Scenario.Place place : plan.places()) {
                boolean together = place.contents().stream().anyMatch(c -> c.form() == Cell.Form.OWN_CLASS || c.form() == Cell.Form.WHOLE_CLASS);
                if (together)
                    for (int grade : grades(place.band()))
                        for (SchoolClass c : classes.getOrDefault(grade, List.of())) duties.add(new OwnClassDuty(term, c.id(), slot(place), leads.get(c.id()), null, null));
            }
            programme.putDuties(school, duties);
        }

        // Each band has its own teachers and rooms, so that bands whose hours overlap never meet in one.
        private void menu() {
            List<String> courses = Stream.concat(plan.clubs().stream(), plan.walking().stream()).toList();
            List<Offering> offerings = new ArrayList<>();
            List<Section> sections = new ArrayList<>();
            int first = 0;
            for (GradeBand band : plan.bells().bands()) {
                int own = band.grades().stream().mapToInt(g -> classes.getOrDefault(g, List.of()).size()).sum();
                for (Scenario.Place place : plan.places())
                    if (place.band().equals(band.code()) && place.contents().stream().anyMatch(c -> c.form() == Cell.Form.CHOICE))
                        for (int i = 0; i < Math.min(own, courses.size()); i++) add(courses.get(i), i < plan.clubs().size(), place, first + i, offerings, sections);
                first += own;
            }
            programme.putOfferings(school, offerings);
            programme.putSections(school, sections);
        }

        private void add(String course, boolean club, Scenario.Place place, int who, List<Offering> offerings, List<Section> sections) {
            List<Integer> grades = grades(place.band());
            UUID offering = ids.next();
            offerings.add(new Offering(
                    offering, term, course, course, Offering.Domain.OTHER, "", Cell.Layer.EXTENSION, null, null, "", false, 0, Offering.PriceUnit.SESSION, false));
            sections.add(new Section(
                    ids.next(), offering, term, String.format(Locale.ROOT, "S%03d", ++codes), course, club ? Section.Kind.CLUB : Section.Kind.WALKING, grades.getFirst(), grades.getLast(), 8,
                    club ? CLUB_PLACES : WALKING_PLACES, "", null, rooms.get(who), Section.State.DRAFT, false, "", List.of(slot(place)), List.of(others.get(who))));
        }
    }
}
