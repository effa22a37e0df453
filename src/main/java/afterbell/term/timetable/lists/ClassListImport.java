package afterbell.term.timetable.lists;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.SeatDays;
import afterbell.term.placement.Seats;
import afterbell.term.timetable.Objections;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An edited list of who sits in which section. A new row is a seat, a row that is gone gives its seat back when the person ticks it; both are noted as
 * corrections. A full section is widened by one, because the office says so by name; what the seats would refuse for another reason (two sections at one time,
 * another grade) is said with the child's name, and nothing is saved until the file or the ticks are mended.
 */
@Component
class ClassListImport implements ImportTarget {
    private final ListStore store;
    private final Seats seats;
    private final Objections objections;
    private final Calendars calendars;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ClassListImport(ListStore store, Seats seats, Objections objections, Calendars calendars, Audit audit, Ids ids, Clock clock) {
        this.store = store;
        this.seats = seats;
        this.objections = objections;
        this.calendars = calendars;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public String key() {
        return "classlist";
    }

    @Override
    public ImportKind kind(UUID school) {
        Optional<Term> term = term(school);
        List<ListStore.Row> rows = term.map(t -> store.rows(school, t.id())).orElse(List.of());
        Map<String, String> titles = new HashMap<>();
        for (Function<ListStore.Row, String> writing : List.<Function<ListStore.Row, String>>of(ListStore.Row::name, ListStore.Row::code, ListStore.Row::title))
            rows.forEach(r -> titles.put(comparable(writing.apply(r)), r.title()));
        Map<String, Long> children = term.map(t -> store.children(school, t.id())).orElse(List.of()).stream().collect(Collectors.groupingBy(c -> c.name() + "|" + c.classCode(), Collectors.counting()));
        return SheetKinds.classLists(new SheetKinds.ListFacts() {
            @Override
            public String section(String written) {
                return titles.getOrDefault(comparable(written), "");
            }

            @Override
            public int children(String name, String schoolClass) {
                return children.getOrDefault(name + "|" + schoolClass, 0L).intValue();
            }
        });
    }

    private static String comparable(String written) {
        return written.replaceAll("\\s+", "").toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    @Transactional(readOnly = true)
    public List<ImportPreview.Known> known(UUID school) {
        ImportKind kind = kind(school);
        return term(school).map(t -> store.rows(school, t.id())).orElse(List.of()).stream()
                .filter(r -> r.seat() != null && r.child() != null)
                .map(r -> new ImportPreview.Known(String.valueOf(r.seat()), kind.values(Map.of("section", r.title(), "name", String.valueOf(r.child()), "class", r.classCode()))))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Refusal> refusals(UUID school, ImportPreview preview, Set<String> gone) {
        Optional<Term> term = term(school);
        if (term.isEmpty()) return List.of();
        Map<UUID, ListPolicy.Section> sections = store.sections(school, term.get().id());
        List<ListStore.Row> rows = store.rows(school, term.get().id());
        Map<String, UUID> byTitle = new HashMap<>();
        Map<UUID, List<ListPolicy.Section>> kept = new HashMap<>();
        for (ListStore.Row r : rows) {
            byTitle.putIfAbsent(r.title(), r.section());
            ListPolicy.@Nullable Section section = sections.get(r.section());
            if (r.seat() != null && r.pupil() != null && section != null && !gone.contains(r.seat().toString())) kept.computeIfAbsent(r.pupil(), p -> new ArrayList<>()).add(section);
        }
        Map<String, ListStore.Child> children = store.children(school, term.get().id()).stream().collect(Collectors.toMap(c -> c.name() + "|" + c.classCode(), c -> c, (a, b) -> a));
        Map<ListStore.Child, List<ListPolicy.Section>> fresh = new LinkedHashMap<>();
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.New added)) continue;
            Map<String, String> record = preview.kind().record(added.row().values());
            ListStore.@Nullable Child child = children.get(record.get("name") + "|" + record.get("class"));
            @Nullable UUID id = byTitle.get(record.getOrDefault("section", ""));
            ListPolicy.@Nullable Section section = id == null ? null : sections.get(id);
            if (child != null && section != null) fresh.computeIfAbsent(child, c -> new ArrayList<>()).add(section);
        }
        return ListPolicy.refusals(fresh.entrySet().stream()
                .map(e -> new ListPolicy.Row(e.getKey().name() + " " + e.getKey().classCode(), e.getKey().grade(), e.getKey().band(), e.getValue(), kept.getOrDefault(e.getKey().pupil(), List.of())))
                .toList());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        Term term = term(school).orElseThrow();
        Instant at = clock.instant();
        LocalDate today = LocalDate.ofInstant(at, Screen.ZONE);
        @Nullable UUID by = Scopes.current().map(Scope::account).orElse(null);
        List<ListStore.Row> rows = store.rows(school, term.id());
        Map<String, ListStore.Row> bySeat = new HashMap<>();
        Map<String, ListStore.Row> byTitle = new HashMap<>();
        rows.forEach(r -> {
            byTitle.putIfAbsent(r.title(), r);
            if (r.seat() != null) bySeat.put(r.seat().toString(), r);
        });
        SeatDays days = SeatDays.of(term, today);
        int removed = 0;
        for (ImportPreview.Known record : preview.gone()) {
            ListStore.Row row = bySeat.get(record.key());
            if (!gone.contains(record.key()) || row == null || row.seat() == null || row.pupil() == null) continue;
            if (!seats.leave(school, row.seat(), Seats.Act.of(by, at, days), "correction")) continue;
            objections.correct(school, term.id(), row.pupil(), row.section(), false, by, at);
            removed++;
        }
        Map<String, ListStore.Child> children = store.children(school, term.id()).stream().collect(Collectors.toMap(c -> c.name() + "|" + c.classCode(), c -> c, (a, b) -> a));
        int added = 0;
        int over = 0;
        for (ImportPreview.Entry entry : preview.entries()) {
            if (!(entry instanceof ImportPreview.New fresh)) continue;
            Map<String, String> record = preview.kind().record(fresh.row().values());
            ListStore.Child child = children.get(record.get("name") + "|" + record.get("class"));
            ListStore.Row section = byTitle.get(record.getOrDefault("section", ""));
            if (child == null || section == null) continue;
            Seats.Answer answer = take(school, child, section, by, at, days.from());
            if (answer == Seats.Answer.FULL) {
                seats.makeRoom(school, section.section());
                answer = take(school, child, section, by, at, days.from());
                over++;
            }
            if (answer != Seats.Answer.SEATED) continue;
            objections.correct(school, term.id(), child.pupil(), section.section(), true, by, at);
            added++;
        }
        audit.record(school, "timetable.lists_corrected", "term", term.id(), Map.of("added", added, "removed", removed, "over", over, "reason", "list"));
        return new Applied(added, 0, removed);
    }

    private Seats.Answer take(UUID school, ListStore.Child child, ListStore.Row section, @Nullable UUID by, Instant at, LocalDate from) {
        return seats.take(school, new Seats.Wanted(ids.next(), child.pupil(), section.section(), child.grade(), child.band(), 0), Seats.Source.OVERRIDE, by, at, from);
    }

    private Optional<Term> term(UUID school) {
        return calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE));
    }
}
