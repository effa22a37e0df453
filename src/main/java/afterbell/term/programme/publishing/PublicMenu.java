package afterbell.term.programme.publishing;

import afterbell.base.calendar.Term;
import afterbell.base.schools.School;
import afterbell.base.schools.Schools;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.term.programme.Offering;
import afterbell.term.programme.Plans;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import afterbell.term.programme.SlotTime;
import afterbell.term.staffing.Provider;
import afterbell.term.staffing.Staffing;
import afterbell.term.tariffs.PriceDocument;
import afterbell.term.tariffs.Tariffs;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the published menu under the public hat, which sees no draft, no child, and of its teachers the names alone. */
@Component
class PublicMenu {
    private final Plans plans;
    private final Schools schools;
    private final Questions questions;

    PublicMenu(Plans plans, Schools schools, Questions questions) {
        this.plans = plans;
        this.schools = schools;
        this.questions = questions;
    }

    @Transactional(readOnly = true)
    public MenuPage page(UUID id, int grade, int day) {
        School school = schools.get(id);
        @Nullable Term term = plans.term(id, null).orElse(null);
        if (term == null) return new MenuPage(school, null, false, List.of(), 0, 0, List.of());
        Question<ProgrammeStore.Published> published = ProgrammeStore.publishedOf(id, term.id());
        Question<Offering> offered = ProgrammeStore.offeringsOf(id, term.id());
        Question<Section> sections = ProgrammeStore.sectionsOf(id, term.id());
        Question<ProgrammeStore.Leader> leaders = ProgrammeStore.leadersOf(id, term.id());
        Question<Schools.Room> places = Schools.roomsOf(id);
        Question<Provider> known = Staffing.providersOf(id);
        Question<PriceDocument> prices = Tariffs.documentsOf(id);
        Questions.Answers menu = questions.ask(published, offered, sections, leaders, places, known, prices);
        if (menu.one(published).isEmpty()) return new MenuPage(school, null, false, List.of(), 0, 0, List.of());
        Map<UUID, SlotTime> slots = plans.bells(id, term.id()).slots().stream().collect(Collectors.toMap(SlotTime::id, Function.identity()));
        Map<UUID, Offering> offerings = menu.of(offered).stream().collect(Collectors.toMap(Offering::id, Function.identity()));
        Map<UUID, String> rooms = menu.of(places).stream().collect(Collectors.toMap(Schools.Room::id, Schools.Room::name));
        Map<UUID, String> providers = menu.of(known).stream().collect(Collectors.toMap(Provider::id, Provider::name));
        Map<UUID, List<String>> teachers = menu.of(leaders).stream().collect(Collectors.groupingBy(ProgrammeStore.Leader::section, Collectors.mapping(ProgrammeStore.Leader::name, Collectors.toList())));
        List<MenuPage.Dish> all = menu.of(sections).stream()
                .filter(s -> s.state() == Section.State.PUBLISHED && !s.fixed())
                .map(s -> dish(s, Objects.requireNonNull(offerings.get(s.offering())), slots, rooms, providers, teachers.getOrDefault(s.id(), List.of())))
                .sorted(Comparator.comparingInt(MenuPage.Dish::gradeFrom).thenComparingInt(MenuPage.Dish::gradeUntil).thenComparing(d -> d.times().isEmpty() ? 9 : d.times().getFirst().weekday()))
                .toList();
        List<Integer> grades = all.stream().flatMap(d -> IntStream.rangeClosed(d.gradeFrom(), d.gradeUntil()).boxed()).distinct().sorted().toList();
        List<MenuPage.Dish> dishes = all.stream()
                .filter(d -> grade == 0 || d.gradeFrom() <= grade && grade <= d.gradeUntil())
                .filter(d -> day == 0 || d.times().stream().anyMatch(t -> t.weekday() == day))
                .toList();
        return new MenuPage(school, term, menu.of(prices).stream().anyMatch(d -> d.holdsOn(plans.today())), grades, grade, day, dishes);
    }

    private static MenuPage.Dish dish(Section s, Offering o, Map<UUID, SlotTime> slots, Map<UUID, String> rooms, Map<UUID, String> providers, List<String> teachers) {
        Map<String, SlotTime> times = new TreeMap<>();
        s.slots().stream().map(slots::get).filter(Objects::nonNull).forEach(t -> times.putIfAbsent(t.weekday() + "/" + t.from() + "/" + t.until(), t));
        String room = s.room() == null ? "" : rooms.getOrDefault(s.room(), "");
        String provider = o.provider() == null ? "" : providers.getOrDefault(o.provider(), "");
        return new MenuPage.Dish(
                s.name(), o.description(), s.gradeLo(), s.gradeHi(), List.copyOf(times.values()), room, String.join("\u3001", teachers), provider, o.picture(), s.capacity(), o.materials(), o.insurance(), o.priceFen(), o.priceUnit().code());
    }
}
