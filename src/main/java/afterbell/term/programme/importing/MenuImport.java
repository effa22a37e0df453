package afterbell.term.programme.importing;

import afterbell.base.audit.Audit;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Verdict;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.CellParser;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.Cells;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.Reading;
import afterbell.base.shared.sheet.RowDraft;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.SheetProblem;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.Offering;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.ProgrammeEvent;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.PublishPolicy;
import afterbell.term.programme.Section;
import afterbell.term.programme.SlotTime;
import afterbell.term.programme.StaffFinder;
import afterbell.term.staffing.Provider;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The menu of the present term as a table: a row per section (R33, R42). New sections come in as drafts. What families have read stays: a published
 * section keeps grades, times and form, its places only grow, and a change that would leave it with a clash is refused as a whole.
 */
@Component
class MenuImport implements ImportTarget {
    private final Plans plans;
    private final ProgrammeStore store;
    private final Audit audit;
    private final Ids ids;
    private final ApplicationEventPublisher events;

    MenuImport(Plans plans, ProgrammeStore store, Audit audit, Ids ids, ApplicationEventPublisher events) {
        this.plans = plans;
        this.store = store;
        this.audit = audit;
        this.ids = ids;
        this.events = events;
    }

    @Override
    public String key() {
        return "menu";
    }

    @Override
    public boolean exports() {
        return true;
    }

    @Override
    public boolean readsAnew() {
        return true;
    }

    /** What the cells of the table can mean in this school and term. */
    private record Menu(PlanFacts facts, UUID term, StaffFinder staff, Named<Schools.Room> rooms, Named<Provider> providers, SlotWords slots, Map<String, Section> byCode) {

        Set<String> bands(int from, int until) {
            Set<String> bands = new HashSet<>();
            facts.bands().forEach((grade, band) -> {
                if (from <= grade && grade <= until) bands.add(band);
            });
            return bands;
        }

        Offering offering(Section s) {
            return Objects.requireNonNull(facts.offeringsById().get(s.offering()));
        }
    }

    private Optional<Menu> menu(UUID school) {
        return plans.term(school, null).map(term -> {
            PlanFacts facts = plans.facts(school, term);
            return new Menu(
                    facts,
                    term.id(),
                    new StaffFinder(facts.staff()),
                    new Named<>(facts.rooms(), Schools.Room::id, Schools.Room::name, Schools.Room::code),
                    new Named<>(facts.providers().stream().filter(p -> !p.retired()).toList(), Provider::id, Provider::name, p -> ""),
                    new SlotWords(facts.slots()),
                    facts.sections().stream().collect(Collectors.toMap(s -> CellText.clean(s.code()), s -> s)));
        });
    }

    @Override
    @Transactional(readOnly = true)
    public ImportKind kind(UUID school) {
        ImportKind plain = SheetKinds.menu()
                .reading("code", Cells.code(12))
                .reading("name", Cells.text(30))
                .reading("description", Cells.text(500))
                .reading("materials", Cells.text(100))
                .reading("reason", Cells.text(100))
                .reading("minimum", Cells.count(0, 500))
                .reading("maximum", Cells.count(1, 500))
                .reading("domain", Cells.choice("sectionDomains"))
                .reading("form", Cells.choice("sectionForms"))
                .reading("day", Cells.weekdays())
                .reading("slot", Cells.text(60).writing(SlotWords::write));
        Optional<Menu> menu = menu(school);
        if (menu.isEmpty()) return plain.finishing((row, context) -> row.refuse("name", SheetProblem.of("programme.import.no_term")));
        Menu here = menu.get();
        return plain.reading("teachers", people(here.staff()))
                .reading("room", here.rooms().parser("programme.import.room_unknown"))
                .reading("provider", here.providers().parser("programme.import.provider_unknown"))
                .finishing((row, context) -> finish(row, here));
    }

    private static CellParser people(StaffFinder finder) {
        return (value, context) -> {
            List<String> found = new ArrayList<>();
            for (String word : CellText.clean(value.text()).split("[,\uFF0C\u3001;\uFF1B/\n]+")) {
                if (word.isBlank()) continue;
                Optional<StaffMember> person = finder.find(word);
                if (person.isEmpty()) return Reading.bad("programme.import.staff_unknown", word.strip());
                if (!found.contains(finder.word(person.get()))) found.add(finder.word(person.get()));
            }
            return Reading.of(String.join("\u3001", found));
        };
    }

    /** Makes grades, slots and sizes canonical and refuses what could never be published or would break what is. */
    private static void finish(RowDraft row, Menu menu) {
        @Nullable Section before = row.get("code").isEmpty() ? null : menu.byCode().get(row.get("code"));
        if (before != null && before.state() == Section.State.WITHDRAWN) row.refuse("code", SheetProblem.of("programme.import.withdrawn", before.code()));
        List<Integer> grades = numbers(row.get("grades"));
        if (grades.isEmpty()) return;
        int from = grades.getFirst();
        int until = grades.getLast();
        if (grades.size() != until - from + 1) row.refuse("grades", SheetProblem.of("programme.import.grades_gap"));
        SortedSet<Integer> days = days(row.get("day"));
        if (!days.isEmpty()) slots(row, menu, before, from, until, days);
        sizes(row, menu, before);
        if (before != null && before.state() == Section.State.PUBLISHED) published(row, menu, before, from, until);
        if (!row.get("price").isEmpty() && !row.get("price").equals("0") && !menu.facts().charges()) row.refuse("price", SheetProblem.of("programme.import.no_tariff"));
    }

    private static void slots(RowDraft row, Menu menu, @Nullable Section before, int from, int until, SortedSet<Integer> days) {
        Set<String> bands = menu.bands(from, until);
        if (row.get("slot").isEmpty()) {
            // Nothing was said: what is known stays, else the one slot in which these grades may choose, or the only one of the day.
            Set<String> only = menu.facts().slots().stream()
                    .filter(s -> s.period() && bands.contains(s.band()) && days.contains(s.weekday()) && choosing(menu, s, from, until))
                    .map(SlotTime::code)
                    .collect(Collectors.toSet());
            if (before == null && only.size() == 1) row.set("slot", only.iterator().next());
            else if (before == null) row.refuse("slot", SheetProblem.of("programme.import.slot_missing"));
            return;
        }
        List<SlotTime> meant = new ArrayList<>();
        for (String part : row.get("slot").split("[,\uFF0C\u3001;\uFF1B/]+")) {
            @Nullable DayOfWeek prefix = Arrays.stream(DayOfWeek.values()).filter(d -> part.startsWith(Cells.dayWord(d.name()))).findFirst().orElse(null);
            String word = prefix == null ? part : part.substring(Cells.dayWord(prefix.name()).length());
            Collection<Integer> on = prefix == null ? days : Set.of(prefix.getValue());
            Optional<String> code = menu.slots().code(word, bands, on);
            List<SlotTime> found = code.map(c -> menu.slots().slots(c, bands, on)).orElse(List.of());
            if (found.isEmpty() || !found.stream().map(SlotTime::weekday).collect(Collectors.toSet()).containsAll(on)) {
                row.refuse("slot", SheetProblem.of("programme.import.slot_unknown", part.strip()));
                return;
            }
            meant.addAll(found);
        }
        row.set("slot", SlotWords.canonical(meant));
    }

    private static boolean choosing(Menu menu, SlotTime slot, int from, int until) {
        Set<Integer> choosing = CellPolicy.choosing(menu.facts().cells(), slot.id());
        return choosing.isEmpty() ? menu.facts().slots().stream().filter(s -> s.period() && s.band().equals(slot.band()) && s.weekday() == slot.weekday()).count() == 1 : choosing.stream().anyMatch(g -> from <= g && g <= until);
    }

    private static void sizes(RowDraft row, Menu menu, @Nullable Section before) {
        if (row.get("maximum").isEmpty() && before == null) {
            row.refuse("maximum", SheetProblem.of("programme.import.maximum_missing"));
            return;
        }
        int most = row.get("maximum").isEmpty() ? Objects.requireNonNull(before).capacity() : Integer.parseInt(row.get("maximum"));
        int least = row.get("minimum").isEmpty() ? before == null ? 0 : before.minSize() : Integer.parseInt(row.get("minimum"));
        if (least > most) row.refuse("minimum", SheetProblem.of("programme.import.minimum_above", least, most));
        Section.Kind kind = kind(row.get("form"), before, most, menu.facts());
        String reason = row.get("reason").isEmpty() && before != null ? kind == Section.Kind.TEAM ? before.fixedReason() : before.capacityReason() : row.get("reason");
        if (kind == Section.Kind.TEAM) {
            if (reason.isEmpty()) row.refuse("reason", SheetProblem.of("programme.import.team_reason"));
            return;
        }
        Rule<Integer> cap = kind == Section.Kind.CLUB ? Rule.CLUB_MAX_SIZE : Rule.WALKING_CLASS_MAX_SIZE;
        switch (menu.facts().rules().resolve(cap, menu.facts().situation()).verdict(most)) {
            case Verdict.Allowed ignored -> {}
            case Verdict.NeedsReason no -> {
                if (reason.isEmpty()) row.refuse("maximum", SheetProblem.of("programme.import.above_cap", most, no.limit()));
            }
            case Verdict.Refused no -> row.refuse("maximum", SheetProblem.of("programme.import.above_ban", most, no.limit()));
        }
    }

    /** What the form says; where it leaves it open, what is known, else the size decides between club and walking class. */
    private static Section.Kind kind(String form, @Nullable Section before, int capacity, PlanFacts facts) {
        return switch (form) {
            case "club" -> Section.Kind.CLUB;
            case "walking" -> Section.Kind.WALKING;
            case "team" -> Section.Kind.TEAM;
            default -> {
                if (before != null && (form.isEmpty() || before.kind() != Section.Kind.TEAM)) yield before.kind();
                boolean small = facts.rules().resolve(Rule.CLUB_MAX_SIZE, facts.situation()).verdict(capacity) instanceof Verdict.Allowed;
                yield small ? Section.Kind.CLUB : Section.Kind.WALKING;
            }
        };
    }

    private static void published(RowDraft row, Menu menu, Section before, int from, int until) {
        if (from != before.gradeLo() || until != before.gradeHi()) row.refuse("grades", SheetProblem.of("programme.import.frozen"));
        SortedSet<Integer> days = days(row.get("day"));
        String slot = row.get("slot").isEmpty() ? slotOf(menu, before) : row.get("slot");
        Set<UUID> after = menu.slots().slots(slot, menu.bands(from, until), days).stream().map(SlotTime::id).collect(Collectors.toSet());
        if (!after.equals(new HashSet<>(before.slots()))) row.refuse("day", SheetProblem.of("programme.import.frozen"));
        boolean team = row.get("form").equals("team");
        if (!row.get("form").isEmpty() && team != before.fixed()) row.refuse("form", SheetProblem.of("programme.import.frozen"));
        if (!row.get("maximum").isEmpty() && Integer.parseInt(row.get("maximum")) < before.capacity())
            row.refuse("maximum", SheetProblem.of("programme.import.smaller", before.capacity()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = SheetKinds.menu();
        return menu(school)
                .map(menu -> menu.facts().sections().stream()
                        .filter(s -> s.state() != Section.State.WITHDRAWN)
                        .map(s -> new Known(s.id().toString(), kind.values(record(menu, s))))
                        .toList())
                .orElse(List.of());
    }

    private static Map<String, String> record(Menu menu, Section s) {
        Offering o = menu.offering(s);
        Map<UUID, StaffMember> staff = menu.facts().staffById();
        Map<String, String> record = new HashMap<>();
        record.put("code", CellText.clean(s.code()));
        record.put("name", CellText.clean(s.name()));
        record.put("domain", o.domain().code());
        record.put("form", s.fixed() ? "team" : s.kind() == Section.Kind.TEAM ? "club" : s.kind().code());
        record.put("grades", java.util.stream.IntStream.rangeClosed(s.gradeLo(), s.gradeHi()).mapToObj(Integer::toString).collect(Collectors.joining(",")));
        record.put("day", meets(menu, s).stream().map(SlotTime::weekday).distinct().sorted().map(d -> DayOfWeek.of(d).name()).collect(Collectors.joining(",")));
        record.put("slot", slotOf(menu, s));
        record.put("minimum", Integer.toString(s.minSize()));
        record.put("maximum", Integer.toString(s.capacity()));
        record.put("teachers", s.teachers().stream().map(staff::get).filter(Objects::nonNull).map(menu.staff()::word).collect(Collectors.joining("\u3001")));
        record.put("room", menu.rooms().word(s.room()));
        record.put("price", menu.facts().charges() ? Long.toString(o.priceFen()) : "");
        record.put("materials", CellText.clean(o.materials()));
        record.put("insurance", o.insurance() ? "yes" : "no");
        record.put("provider", menu.providers().word(o.provider()));
        record.put("description", CellText.clean(o.description()));
        record.put("reason", CellText.clean(s.fixed() ? s.fixedReason() : s.capacityReason()));
        return record;
    }

    private static List<SlotTime> meets(Menu menu, Section s) {
        Map<UUID, SlotTime> slots = menu.facts().slotsById();
        return s.slots().stream().map(slots::get).filter(Objects::nonNull).toList();
    }

    private static String slotOf(Menu menu, Section s) {
        return SlotWords.canonical(meets(menu, s));
    }

    /** A section of the menu as the file leaves it. */
    private record Made(Section section, Offering offering, boolean fresh) {}

    private List<Made> made(Menu menu, ImportPreview preview) {
        Map<String, Section> byId = menu.facts().sections().stream().collect(Collectors.toMap(s -> s.id().toString(), s -> s));
        Set<String> codes = menu.facts().sections().stream().map(Section::code).collect(Collectors.toCollection(HashSet::new));
        preview.entries().forEach(e -> codes.add(e.row().values()[preview.kind().index("code")]));
        List<Made> made = new ArrayList<>();
        for (ImportPreview.Entry entry : preview.entries()) {
            switch (entry) {
                case ImportPreview.New fresh -> made.add(made(menu, preview.kind().record(fresh.row().values()), null, codes));
                case ImportPreview.Changed changed ->
                    made.add(made(menu, preview.kind().record(preview.kind().merged(changed.known().values(), changed.row().values())), byId.get(changed.known().key()), codes));
                case ImportPreview.Same ignored -> {}
                case ImportPreview.Ask ignored -> {}
                case ImportPreview.Skipped ignored -> {}
            }
        }
        return made;
    }

    private Made made(Menu menu, Map<String, String> record, @Nullable Section before, Set<String> codes) {
        @Nullable Offering old = before == null ? null : menu.offering(before);
        List<Integer> grades = numbers(record.getOrDefault("grades", ""));
        int from = grades.getFirst();
        int until = grades.getLast();
        int capacity = Integer.parseInt(record.getOrDefault("maximum", "20"));
        Section.Kind kind = kind(record.getOrDefault("form", ""), before, capacity, menu.facts());
        boolean fixed = kind == Section.Kind.TEAM;
        String name = record.getOrDefault("name", "");
        String reason = record.getOrDefault("reason", "");
        UUID offering = old == null ? ids.next() : old.id();
        Section section = new Section(
                before == null ? ids.next() : before.id(),
                offering,
                menu.term(),
                record.containsKey("code") ? record.getOrDefault("code", "") : nextCode(codes),
                name,
                kind,
                from,
                until,
                Integer.parseInt(record.getOrDefault("minimum", "0")),
                capacity,
                fixed ? before == null ? "" : before.capacityReason() : reason,
                before == null ? null : before.perClassSeats(),
                menu.rooms().idOf(record.get("room")),
                before == null ? Section.State.DRAFT : before.state(),
                fixed,
                fixed ? reason : "",
                menu.slots().slots(record.getOrDefault("slot", ""), menu.bands(from, until), days(record.getOrDefault("day", ""))).stream().map(SlotTime::id).toList(),
                Arrays.stream(record.getOrDefault("teachers", "").split("\u3001")).map(menu.staff()::find).flatMap(Optional::stream).map(StaffMember::id).distinct().toList());
        Offering of = new Offering(
                offering,
                menu.term(),
                old == null || old.activity().equals(old.name()) ? name : old.activity(),
                name,
                record.containsKey("domain") ? Offering.Domain.of(record.getOrDefault("domain", "other")) : Offering.Domain.OTHER,
                record.getOrDefault("description", ""),
                old == null ? Cell.Layer.EXTENSION : old.layer(),
                menu.providers().idOf(record.get("provider")),
                old == null ? null : old.picture(),
                record.getOrDefault("materials", ""),
                "yes".equals(record.get("insurance")),
                Long.parseLong(record.getOrDefault("price", old == null ? "0" : Long.toString(old.priceFen()))),
                old == null ? Offering.PriceUnit.SESSION : old.priceUnit(),
                old != null && old.auditioned());
        return new Made(section, of, before == null);
    }

    private static String nextCode(Set<String> taken) {
        for (int n = 1; ; n++) {
            String code = "S" + (n < 10 ? "0" : "") + n;
            if (taken.add(code)) return code;
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<Refusal> refusals(UUID school, ImportPreview preview, Set<String> gone) {
        Menu menu = menu(school).orElse(null);
        if (menu == null) return List.of();
        PlanFacts after = menu.facts();
        for (Made m : made(menu, preview)) after = after.with(m.section(), m.offering());
        Set<UUID> published = after.sections().stream().filter(s -> s.state() == Section.State.PUBLISHED).map(Section::id).collect(Collectors.toSet());
        Set<List<Object>> before = stops(menu.facts(), published).keySet();
        Map<List<Object>, String> stops = stops(after, published);
        stops.keySet().removeAll(before);
        return stops.isEmpty() ? List.of() : List.of(new Refusal.Simple("programme.import.refused.published", "", List.of(stops.values().stream().distinct().collect(Collectors.joining("\u3001")))));
    }

    // What stops a published section, with its name.
    private static Map<List<Object>, String> stops(PlanFacts facts, Set<UUID> published) {
        Map<UUID, String> names = facts.sections().stream().collect(Collectors.toMap(Section::id, Section::name));
        Map<List<Object>, String> stops = new LinkedHashMap<>();
        for (Problem p : PublishPolicy.problems(facts))
            if (p.stops() && p.section() != null && published.contains(p.section())) stops.put(List.of(p.kind(), p.section(), p.facts()), names.getOrDefault(p.section(), ""));
        return stops;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        Menu menu = menu(school).orElse(null);
        if (menu == null) return new Applied(0, 0, 0);
        List<Made> made = made(menu, preview);
        store.putOfferings(school, made.stream().map(Made::offering).toList());
        store.putSections(school, made.stream().map(Made::section).toList());
        int added = (int) made.stream().filter(Made::fresh).count();
        int removed = remove(school, menu, preview, gone);
        plans.changed(school, menu.term());
        return new Applied(added, made.size() - added, removed);
    }

    // A draft goes, what was published once is withdrawn: families have read it.
    private int remove(UUID school, Menu menu, ImportPreview preview, Set<String> gone) {
        Map<String, Section> byId = menu.facts().sections().stream().collect(Collectors.toMap(s -> s.id().toString(), s -> s));
        int removed = 0;
        for (Known record : preview.gone()) {
            @Nullable Section s = gone.contains(record.key()) ? byId.get(record.key()) : null;
            if (s == null) continue;
            if (s.state() == Section.State.DRAFT) store.removeSection(school, s.id());
            else {
                store.setState(school, s.id(), Section.State.WITHDRAWN);
                if (s.state() == Section.State.PUBLISHED) events.publishEvent(new ProgrammeEvent.SectionWithdrawn(school, menu.term(), s.id()));
            }
            audit.record(school, s.state() == Section.State.DRAFT ? "programme.section_removed" : "programme.section_withdrawn", "section", s.id(), Map.of());
            removed++;
        }
        return removed;
    }

    private static List<Integer> numbers(String list) {
        return list.isEmpty() ? List.of() : Arrays.stream(list.split(",")).map(Integer::parseInt).toList();
    }

    private static SortedSet<Integer> days(String names) {
        return names.isEmpty() ? new TreeSet<>() : Arrays.stream(names.split(",")).map(d -> DayOfWeek.valueOf(d).getValue()).collect(Collectors.toCollection(TreeSet::new));
    }
}
