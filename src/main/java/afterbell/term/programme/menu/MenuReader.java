package afterbell.term.programme.menu;

import afterbell.base.calendar.Term;
import afterbell.base.roster.StaffMember;
import afterbell.base.schools.Schools;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Listing.Column;
import afterbell.term.programme.FixedMember;
import afterbell.term.programme.Offering;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.PublishPolicy;
import afterbell.term.programme.Section;
import afterbell.term.programme.SlotTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the list of sections. A menu is some hundred rows at most, so it is filtered and sorted here. */
@Component
class MenuReader {
    static final List<Column> COLUMNS = List.of(
            Column.text("code", "programme.section.code"),
            Column.text("name", "programme.section.name"),
            Column.text("grades", "programme.section.grades"),
            Column.text("time", "programme.section.time"),
            Column.text("teacher", "programme.section.teacher"),
            Column.text("room", "programme.section.room"),
            Column.number("size", "programme.section.size"),
            Column.number("price", "programme.section.price"),
            Column.text("state", "programme.section.state"));

    private final Plans plans;

    MenuReader(Plans plans) {
        this.plans = plans;
    }

    @Transactional(readOnly = true)
    public SectionsPage page(UUID school, @Nullable UUID asked, Map<String, String[]> parameters, boolean edits) {
        @Nullable Term term = plans.term(school, asked).orElse(null);
        Listing list = Listing.of("/programme/sections", parameters, COLUMNS, "code");
        if (term == null) return new SectionsPage(null, null, edits, false, List.of(), List.of(), list.counted(0), List.of());
        PlanFacts facts = plans.facts(school, term);
        List<Column> columns = facts.charges() ? COLUMNS : COLUMNS.stream().filter(c -> !c.key().equals("price")).toList();
        list = Listing.of("/programme/sections", parameters, columns, "code");
        List<SectionsPage.Row> rows = rows(facts);
        rows = sorted(rows.stream().filter(wanted(list, facts)).toList(), list);
        list = list.counted(rows.size());
        List<SectionsPage.Row> shown = rows.stream().skip(list.offset()).limit(list.size()).toList();
        return new SectionsPage(
                term,
                plans.before(school, term).orElse(null),
                edits,
                facts.charges(),
                List.copyOf(facts.bands().keySet()),
                facts.slots().stream().map(SlotTime::weekday).distinct().sorted().toList(),
                list,
                shown);
    }

    private static List<SectionsPage.Row> rows(PlanFacts facts) {
        Map<UUID, SlotTime> slots = facts.slotsById();
        Map<UUID, Offering> offerings = facts.offeringsById();
        Map<UUID, Schools.Room> rooms = facts.roomsById();
        Map<UUID, StaffMember> staff = facts.staffById();
        Map<UUID, Long> members = facts.members().stream().collect(Collectors.groupingBy(FixedMember::section, Collectors.counting()));
        List<Problem> problems = PublishPolicy.problems(facts);
        List<SectionsPage.Row> rows = new ArrayList<>();
        for (Section s : facts.sections()) {
            Offering o = Objects.requireNonNull(offerings.get(s.offering()));
            Schools.@Nullable Room room = s.room() == null ? null : rooms.get(s.room());
            rows.add(new SectionsPage.Row(
                    s.id(),
                    s.code(),
                    s.name(),
                    s.kind().code(),
                    s.gradeLo(),
                    s.gradeHi(),
                    meetings(s, slots),
                    s.teachers().stream().map(staff::get).filter(Objects::nonNull).map(StaffMember::name).toList(),
                    room == null ? "" : room.name(),
                    s.minSize(),
                    s.capacity(),
                    members.getOrDefault(s.id(), 0L).intValue(),
                    o.priceFen(),
                    o.priceUnit().code(),
                    s.state().code(),
                    s.fixed(),
                    problems.stream().filter(p -> s.id().equals(p.section()) && p.stops()).count(),
                    problems.stream().filter(p -> s.id().equals(p.section()) && !p.stops()).count()));
        }
        return rows;
    }

    /** One entry per meeting: slots of several bands at one time count once. */
    static List<SlotTime> meetings(Section s, Map<UUID, SlotTime> slots) {
        Map<String, SlotTime> once = new TreeMap<>();
        s.slots().stream().map(slots::get).filter(Objects::nonNull).forEach(t -> once.putIfAbsent(t.weekday() + "/" + t.from() + "/" + t.until(), t));
        return List.copyOf(once.values());
    }

    private static Predicate<SectionsPage.Row> wanted(Listing list, PlanFacts facts) {
        String q = list.filter("q").toLowerCase(Locale.ROOT);
        String grade = list.filter("grade");
        String day = list.filter("day");
        String state = list.filter("state");
        Map<String, String> initials = facts.staff().stream().collect(Collectors.toMap(StaffMember::name, StaffMember::initials, (a, b) -> a));
        return r -> (q.isEmpty()
                        || Stream.concat(Stream.of(r.code(), r.name(), r.room()), r.teachers().stream()).anyMatch(w -> w.toLowerCase(Locale.ROOT).contains(q))
                        || r.teachers().stream().anyMatch(t -> initials.getOrDefault(t, "").toLowerCase(Locale.ROOT).startsWith(q)))
                && (!grade.matches("\\d{1,2}") || r.gradeFrom() <= Integer.parseInt(grade) && Integer.parseInt(grade) <= r.gradeUntil())
                && (day.isEmpty() || r.times().stream().anyMatch(t -> Integer.toString(t.weekday()).equals(day)))
                && (state.isEmpty() || (state.equals("problem") ? r.stops() + r.looks() > 0 : r.state().equals(state)));
    }

    private static List<SectionsPage.Row> sorted(List<SectionsPage.Row> rows, Listing list) {
        Comparator<SectionsPage.Row> by = switch (list.sort()) {
            case "name" -> Comparator.comparing(SectionsPage.Row::name);
            case "grades" -> Comparator.comparingInt(SectionsPage.Row::gradeFrom).thenComparingInt(SectionsPage.Row::gradeUntil);
            case "time" -> Comparator.comparing((SectionsPage.Row r) -> r.times().isEmpty() ? 9 : r.times().getFirst().weekday()).thenComparing(r -> r.times().isEmpty() ? "" : r.times().getFirst().from().toString());
            case "teacher" -> Comparator.comparing(r -> String.join("", r.teachers()));
            case "room" -> Comparator.comparing(SectionsPage.Row::room);
            case "size" -> Comparator.comparingInt(SectionsPage.Row::capacity);
            case "price" -> Comparator.comparingLong(SectionsPage.Row::priceFen);
            case "state" -> Comparator.comparing((SectionsPage.Row r) -> -r.stops()).thenComparing(r -> -r.looks()).thenComparing(SectionsPage.Row::state);
            default -> Comparator.comparing(SectionsPage.Row::code);
        };
        return rows.stream().sorted((list.descending() ? by.reversed() : by).thenComparing(SectionsPage.Row::code)).toList();
    }
}
