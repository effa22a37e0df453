package afterbell.term.placement.results;

import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatBook;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Component
class ShowResult {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("H:mm", Locale.ROOT);

    private final ResultStore store;
    private final Roster roster;
    private final Schools schools;
    private final Rules rules;
    private final JsonMapper json;
    private final SeatBook books;
    private final Clock clock;

    ShowResult(ResultStore store, Roster roster, Schools schools, Rules rules, JsonMapper json, SeatBook books, Clock clock) {
        this.store = store;
        this.roster = roster;
        this.schools = schools;
        this.rules = rules;
        this.json = json;
        this.books = books;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public ResultPage page(Wearer me, UUID child) {
        UUID school = me.schoolOf(child);
        List<Pupil> children = roster.children(me.children());
        Pupil pupil = children.stream().filter(p -> p.id().equals(child)).findFirst().orElseThrow(NotFound::new);
        List<ResultPage.Sibling> siblings = children.stream().filter(p -> !p.id().equals(child)).map(p -> new ResultPage.Sibling(p.id(), p.name())).toList();
        Optional<ResultStore.Published> published = store.published(school, child);
        if (published.isEmpty())
            return new ResultPage(child, pupil.name(), pupil.className(), false, null, null, List.of(), List.of(), List.of(), List.of(), null, "", siblings, List.of(), false, false, false);
        ResultStore.Published run = published.get();
        boolean guardian = me.children(Role.GUARDIAN).contains(child);
        List<ResultStore.Line> week = store.week(school, run.term(), run.round(), child);
        Map<String, String> names = store.names(school, run.term()).stream().collect(Collectors.toMap(ResultStore.Named::code, ResultStore.Named::name));
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        int least = rules.value(school, today, Rule.EXPLANATION_LEAST_COUNT);
        int group = rules.value(school, today, Rule.EXPLANATION_LEAST_GROUP);
        List<ResultPage.Missed> missed = store.missed(school, run.run(), run.round(), child).stream()
                .map(m -> {
                    Sentence s = Sentence.of(m.reason(), json.readTree(m.facts()), names, least, group);
                    return new ResultPage.Missed(m.name(), m.rank(), s.key(), s.facts(), m.waiting());
                })
                .toList();
        return new ResultPage(
                child,
                pupil.name(),
                pupil.className(),
                true,
                run.objectionsUntil(),
                null,
                periods(week),
                days(week),
                places(week),
                missed,
                null,
                certificate(school, run),
                siblings,
                offers(school, pupil),
                guardian,
                guardian && run.objectionsUntil() != null && clock.instant().isBefore(run.objectionsUntil()),
                run.lined());
    }

    /** Somebody else's child, and a child without a line, are not found. */
    @Transactional(readOnly = true)
    public LinePage line(Wearer me, UUID child) {
        UUID school = me.schoolOf(child);
        Pupil pupil = roster.children(me.children()).stream().filter(p -> p.id().equals(child)).findFirst().orElseThrow(NotFound::new);
        ResultStore.Published run = store.published(school, child).orElseThrow(NotFound::new);
        JsonNode kept = json.readTree(store.line(school, run.run(), child).orElseThrow(NotFound::new));
        String line = json.writerWithDefaultPrettyPrinter().writeValueAsString(kept) + "\n";
        return new LinePage(child, pupil.name(), line, kept.path("root").asString(""), certificate(school, run));
    }

    private String certificate(UUID school, ResultStore.Published run) {
        return "/schools/" + schools.get(school).code() + "/draw/" + run.run();
    }

    private List<ResultPage.Offer> offers(UUID school, Pupil pupil) {
        if (!store.hasOffer(school, pupil.id())) return List.of();
        SeatBook.Child book = books.get(school, pupil, clock.instant());
        List<ResultPage.Offer> all = new ArrayList<>();
        for (SeatBook.Line l : book.offers()) {
            if (l.waiting() == null || l.heldUntil() == null) continue;
            List<SeatBook.Line> giving = book.inTheWay(l);
            String when = l.meetings().stream().map(m -> m.weekday() + " " + time(m.starts()) + "–" + time(m.ends())).collect(Collectors.joining(","));
            all.add(new ResultPage.Offer(
                    l.waiting(),
                    l.name(),
                    when,
                    (l.room() + " " + l.teacher()).strip(),
                    l.heldUntil(),
                    giving.stream().map(SeatBook.Line::seat).filter(Objects::nonNull).toList(),
                    giving.stream().map(SeatBook.Line::name).collect(Collectors.joining(", ")),
                    book.days().from()));
        }
        return all;
    }

    private static List<String> periods(List<ResultStore.Line> week) {
        Map<Integer, String> names = new TreeMap<>();
        for (ResultStore.Line l : week) names.putIfAbsent(l.ordinal(), time(l.starts()));
        return List.copyOf(names.values());
    }

    private static List<ResultPage.Day> days(List<ResultStore.Line> week) {
        Map<Integer, List<ResultPage.Cell>> days = new TreeMap<>();
        for (ResultStore.Line l : week) days.computeIfAbsent(l.weekday(), d -> new ArrayList<>()).add(cell(l));
        int most = days.values().stream().mapToInt(List::size).max().orElse(0);
        days.values().forEach(cells -> {
            while (cells.size() < most) cells.add(new ResultPage.Cell("home", "", ""));
        });
        return days.entrySet().stream().map(e -> new ResultPage.Day(e.getKey(), e.getValue())).toList();
    }

    private static ResultPage.Cell cell(ResultStore.Line l) {
        if (l.club() != null) return new ResultPage.Cell("club", l.club(), l.room() == null ? "" : l.room());
        return l.ordinal() <= l.until() ? new ResultPage.Cell("own", "", "") : new ResultPage.Cell("home", "", "");
    }

    private static List<ResultPage.Place> places(List<ResultStore.Line> week) {
        Map<UUID, ResultPage.Place> all = new LinkedHashMap<>();
        for (ResultStore.Line l : week) {
            @Nullable UUID section = l.section();
            if (section == null || l.club() == null) continue;
            String when = l.weekday() + " " + time(l.starts()) + "–" + time(l.ends());
            all.merge(
                    section,
                    new ResultPage.Place(l.club(), when, l.room() == null ? "" : l.room(), l.teacher() == null ? "" : l.teacher(), l.fixed() ? 0 : l.rank()),
                    (a, b) -> new ResultPage.Place(a.name(), a.when() + "," + b.when(), a.where(), a.who(), a.rank()));
        }
        return List.copyOf(all.values());
    }

    private static String time(LocalTime t) {
        return HOUR.format(t);
    }
}
