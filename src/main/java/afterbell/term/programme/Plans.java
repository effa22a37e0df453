package afterbell.term.programme;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.GradeBand;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermFollowers;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.Rules;
import afterbell.base.rules.ServiceClass;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.base.shared.web.Screen;
import afterbell.term.staffing.Availability;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.staffing.Vetting;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reads what the screens and checks of a plan need: the term, its bells, and all facts together. */
@Component
@Transactional(readOnly = true)
public class Plans {
    private final ProgrammeStore store;
    private final Questions questions;
    private final Calendars calendars;
    private final Rules rules;
    private final Audit audit;
    private final Clock clock;
    private final TermFollowers followers;

    Plans(ProgrammeStore store, Questions questions, Calendars calendars, Rules rules, Audit audit, Clock clock, TermFollowers followers) {
        this.store = store;
        this.questions = questions;
        this.calendars = calendars;
        this.rules = rules;
        this.audit = audit;
        this.clock = clock;
        this.followers = followers;
    }

    /**
     * Bands and slots of a term.
     *
     * @param bands grade to band
     * @param names band to the word that people say
     * @param slots by weekday and time; a slot whose times change with the season stands once, with its first times
     */
    public record Bells(SortedMap<Integer, String> bands, Map<String, String> names, List<SlotTime> slots) {

        /** Grades of a band, rising. */
        public List<Integer> grades(String band) {
            return bands.entrySet().stream().filter(e -> e.getValue().equals(band)).map(Map.Entry::getKey).toList();
        }

        public SlotTime slot(UUID id) {
            return slots.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotFound::new);
        }

        public List<SlotTime> of(int grade) {
            String band = bands.getOrDefault(grade, "");
            return slots.stream().filter(s -> s.band().equals(band)).toList();
        }
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    /** The term asked for, else the one of today; empty where the school has none. A term of another school is not found. */
    public Optional<Term> term(UUID school, @Nullable UUID asked) {
        return asked == null ? calendars.termAt(school, today()) : Optional.of(calendars.term(school, asked));
    }

    /** The term before this one; empty where it is the first. */
    public Optional<Term> before(UUID school, Term term) {
        return calendars.terms(school).stream().filter(t -> t.dates().last().isBefore(term.dates().first())).max(Comparator.comparing(t -> t.dates().first()));
    }

    public Bells bells(UUID school, UUID term) {
        BellGrid grid = calendars.bells(school, term);
        SortedMap<Integer, String> bands = new TreeMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (GradeBand band : grid.bands()) {
            names.put(band.code(), band.name().zh());
            band.grades().forEach(g -> bands.put(g, band.code()));
        }
        List<SlotTime> slots = grid.slots().stream()
                .map(s -> new SlotTime(s.id(), s.band(), s.day().getValue(), s.code(), s.time().from(), s.time().until(), code(s.service()), s.kind() == SlotKind.PERIOD))
                .collect(Collectors.toMap(SlotTime::id, Function.identity(), (a, b) -> a, LinkedHashMap::new))
                .values()
                .stream()
                .sorted(SlotTime.IN_ORDER)
                .toList();
        return new Bells(bands, names, slots);
    }

    private static String code(ServiceClass service) {
        return switch (service) {
            case AFTER_SCHOOL -> "after-school";
            case NOON_CARE -> "noon";
            case EVENING_STUDY -> "evening";
            case WEEKEND_CARE -> "weekend";
            case HOLIDAY_CARE -> "holiday";
        };
    }

    /** Everything that decides whether the plan may be published. */
    public PlanFacts facts(UUID school, Term term) {
        Bells bells = bells(school, term.id());
        LocalDate clubs = term.dates().mondayOfWeek(term.clubsWeek());
        Question<Cell> cells = ProgrammeStore.cellsOf(school, term.id());
        Question<Offering> offerings = ProgrammeStore.offeringsOf(school, term.id());
        Question<Section> sections = ProgrammeStore.sectionsOf(school, term.id());
        Question<OwnClassDuty> duties = ProgrammeStore.dutiesOf(school, term.id());
        Question<FixedMember> members = ProgrammeStore.fixedMembersOf(school, term.id());
        Question<SchoolClass> classes = Roster.classesOf(school);
        Question<Roster.ClassSize> sizes = Roster.classSizesOf(school);
        Question<StaffMember> staff = Roster.staffOf(school);
        Question<Schools.Room> rooms = Schools.roomsOf(school);
        Question<Availability> times = Staffing.availabilitiesOf(school);
        Question<Provider> providers = Staffing.providersOf(school);
        Question<Staffing.Sent> sent = Staffing.sentOf(school);
        Question<Vetting> vettings = Staffing.vettingsOf(school);
        Question<PriceDocument> prices = Tariffs.documentsOf(school);
        Questions.Answers all = questions.ask(cells, offerings, sections, duties, members, classes, sizes, staff, rooms, times, providers, sent, vettings, prices);
        return new PlanFacts(
                term.dates().first(),
                term.dates().last(),
                bells.bands(),
                bells.slots(),
                all.of(cells),
                all.of(offerings),
                all.of(sections),
                all.of(duties),
                all.of(members),
                all.of(classes).stream().filter(c -> c.schoolYear() == term.startYear()).toList(),
                all.of(sizes).stream().collect(Collectors.toMap(Roster.ClassSize::id, Roster.ClassSize::children)),
                all.of(rooms),
                all.of(staff),
                all.of(times),
                all.of(providers),
                Staffing.providersFit(all.of(providers), all.of(vettings), clubs),
                Staffing.peopleFit(all.of(staff).stream().filter(s -> s.kind().equals("outside")).map(StaffMember::id).toList(), all.of(vettings), clubs),
                Staffing.byStaff(all.of(sent)),
                all.of(prices).stream().anyMatch(d -> d.holdsOn(clubs)),
                rules.of(school),
                rules.situation(school, clubs));
    }

    /** Publishes the plan of a term with all drafts; empty where it is done, else what stops it, and nothing has changed. */
    @Transactional
    public List<Problem> publish(UUID school, Term term, @Nullable UUID by) {
        List<Problem> stops = PublishPolicy.problems(facts(school, term)).stream().filter(Problem::stops).toList();
        if (stops.isEmpty()) {
            store.release(school, term.id(), by);
            audit.record(school, "programme.published", "term", term.id(), Map.of());
            followers.follow(school, term.id());
        }
        return stops;
    }

    /** A plan that families may have read already has changed: rooms that follow the term do so in this transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void changed(UUID school, UUID term) {
        followers.follow(school, term);
    }
}
