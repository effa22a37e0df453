package afterbell.term.programme.importing;

import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.sheet.CellParser;
import afterbell.base.shared.sheet.CellText;
import afterbell.base.shared.sheet.CellValue;
import afterbell.base.shared.sheet.Cells;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.ImportContext;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.Reading;
import afterbell.base.shared.sheet.RowDraft;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.SheetProblem;
import afterbell.base.shared.text.DataFile;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.SlotTime;
import afterbell.term.programme.StaffFinder;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who stands with each class, as the table that schools keep: a row per class and slot, a column per weekday. A cell names one teacher, or the class into
 * which this one is merged.
 */
@Component
class DutyImport implements ImportTarget {
    private static final List<DayOfWeek> WEEK = List.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);
    private static final List<String> MERGED = DataFile.load("sheet/words.yaml").at("mergedInto").texts();
    /** Before a class in a canonical cell: this class goes there. */
    private static final String INTO = ">";

    private final Plans plans;
    private final ProgrammeStore store;

    DutyImport(Plans plans, ProgrammeStore store) {
        this.plans = plans;
        this.store = store;
    }

    @Override
    public String key() {
        return "duties";
    }

    @Override
    public boolean exports() {
        return true;
    }

    @Override
    public boolean readsAnew() {
        return true;
    }

    private record Week(PlanFacts facts, UUID term, StaffFinder staff, SlotWords slots, Map<String, SchoolClass> classes) {

        String band(SchoolClass c) {
            return facts.bands().getOrDefault(c.grade(), "");
        }

        Optional<SlotTime> slot(SchoolClass c, DayOfWeek day, String code) {
            return facts.slots().stream().filter(s -> s.period() && s.band().equals(band(c)) && s.weekday() == day.getValue() && s.code().equals(code)).findFirst();
        }
    }

    private static String key(SchoolClass c) {
        return c.grade() + "-" + c.number();
    }

    private Optional<Week> week(UUID school) {
        return plans.term(school, null).map(term -> {
            PlanFacts facts = plans.facts(school, term);
            Map<String, SchoolClass> classes = facts.classes().stream().collect(Collectors.toMap(DutyImport::key, c -> c, (a, b) -> a));
            return new Week(facts, term.id(), new StaffFinder(facts.staff()), new SlotWords(facts.slots()), classes);
        });
    }

    @Override
    @Transactional(readOnly = true)
    public ImportKind kind(UUID school) {
        ImportKind plain = SheetKinds.duties().reading("slot", Cells.text(20).writing(SlotWords::write));
        Optional<Week> week = week(school);
        if (week.isEmpty()) return plain.finishing((row, context) -> row.refuse("class", SheetProblem.of("programme.import.no_term")));
        Week here = week.get();
        ImportKind kind = plain;
        for (DayOfWeek day : WEEK) kind = kind.reading(day.name(), teacher(here));
        return kind.finishing((row, context) -> finish(row, here));
    }

    private static CellParser teacher(Week week) {
        CellParser reader = (value, context) -> {
            String text = CellText.clean(value.text());
            for (String word : MERGED) if (text.startsWith(word)) return into(text.substring(word.length()), context);
            List<String> names = new ArrayList<>();
            for (String part : text.split("[,\uFF0C\u3001;\uFF1B/\n]+")) if (!part.isBlank()) names.add(part.strip());
            if (names.size() > 1) return Reading.bad("programme.import.one_teacher", text);
            if (names.isEmpty()) return Reading.BLANK;
            return week.staff().find(names.getFirst()).<Reading>map(s -> new Reading.Value(week.staff().word(s))).orElseGet(() -> Reading.bad("programme.import.staff_unknown", names.getFirst()));
        };
        return reader.writing(value -> value.startsWith(INTO) ? MERGED.getFirst() + ClassNames.written(value.substring(INTO.length())) : value);
    }

    private static Reading into(String typed, ImportContext context) {
        return ClassNames.read(new CellValue.Text(typed), context).then(c -> new Reading.Value(INTO + c));
    }

    private static void finish(RowDraft row, Week week) {
        if (row.get("class").isEmpty()) return;
        @Nullable SchoolClass klass = week.classes().get(row.get("class"));
        if (klass == null) {
            row.refuse("class", SheetProblem.of("programme.import.class_not_here", ClassNames.written(row.get("class"))));
            return;
        }
        Set<String> band = Set.of(week.band(klass));
        List<Integer> days = WEEK.stream().map(DayOfWeek::getValue).toList();
        Set<String> codes = week.facts().slots().stream().filter(s -> s.period() && band.contains(s.band())).map(SlotTime::code).collect(Collectors.toSet());
        Optional<String> code = row.get("slot").isEmpty() && codes.size() == 1 ? Optional.of(codes.iterator().next()) : week.slots().code(row.get("slot"), band, days);
        if (code.isEmpty()) {
            row.refuse("slot", row.get("slot").isEmpty() ? SheetProblem.of("programme.import.slot_missing") : SheetProblem.of("programme.import.slot_unknown", row.get("slot")));
            return;
        }
        row.set("slot", code.get());
        for (DayOfWeek day : WEEK) {
            String said = row.get(day.name());
            if (said.isEmpty()) continue;
            if (week.slot(klass, day, code.get()).isEmpty()) row.refuse(day.name(), SheetProblem.of("programme.import.no_slot_that_day"));
            else if (said.startsWith(INTO)) merged(row, week, klass, day, said.substring(INTO.length()));
        }
    }

    private static void merged(RowDraft row, Week week, SchoolClass klass, DayOfWeek day, String into) {
        @Nullable SchoolClass host = week.classes().get(into);
        if (host == null) row.refuse(day.name(), SheetProblem.of("programme.import.class_not_here", ClassNames.written(into)));
        else if (host.id().equals(klass.id()) || !week.band(host).equals(week.band(klass))) row.refuse(day.name(), SheetProblem.of("programme.import.merge_band"));
    }

    private record Place(UUID klass, UUID slot) {}

    private static Map<Place, OwnClassDuty> duties(Week week) {
        return week.facts().duties().stream().collect(Collectors.toMap(d -> new Place(d.klass(), d.slot()), d -> d));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = SheetKinds.duties();
        return week(school).map(week -> known(kind, week)).orElse(List.of());
    }

    // Every class and slot that the plan uses, also those nobody is named for yet: the exported table shows where names are missing.
    private static List<Known> known(ImportKind kind, Week week) {
        Map<Place, OwnClassDuty> duties = duties(week);
        Map<UUID, StaffMember> staff = week.facts().staffById();
        Map<UUID, SchoolClass> classes = week.facts().classesById();
        List<Known> known = new ArrayList<>();
        for (SchoolClass c : week.facts().classes().stream().sorted(Comparator.comparingInt(SchoolClass::grade).thenComparingInt(SchoolClass::number)).toList()) {
            Set<String> codes = week.facts().slots().stream().filter(s -> s.period() && s.band().equals(week.band(c))).map(SlotTime::code).collect(Collectors.toCollection(LinkedHashSet::new));
            for (String code : codes) {
                Map<String, String> record = new HashMap<>(Map.of("class", key(c), "slot", code));
                boolean used = false;
                for (DayOfWeek day : WEEK) {
                    @Nullable SlotTime slot = week.slot(c, day, code).orElse(null);
                    if (slot == null) continue;
                    @Nullable OwnClassDuty duty = duties.get(new Place(c.id(), slot.id()));
                    used |= duty != null || !CellPolicy.of(week.facts().cells(), slot.id(), c.grade()).isEmpty();
                    if (duty == null) continue;
                    @Nullable SchoolClass host = duty.mergedInto() == null ? null : classes.get(duty.mergedInto());
                    @Nullable StaffMember who = duty.staff() == null ? null : staff.get(duty.staff());
                    record.put(day.name(), host != null ? INTO + key(host) : who == null ? "" : week.staff().word(who));
                }
                if (used) known.add(new Known(c.id() + "/" + code, kind.values(record)));
            }
        }
        return known;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        @Nullable Week week = week(school).orElse(null);
        if (week == null) return new Applied(0, 0, 0);
        Map<Place, OwnClassDuty> before = duties(week);
        List<OwnClassDuty> duties = new ArrayList<>();
        int added = 0;
        int changed = 0;
        for (ImportPreview.Entry entry : preview.entries()) {
            switch (entry) {
                case ImportPreview.New fresh -> {
                    duties.addAll(duties(week, before, preview.kind().record(fresh.row().values())));
                    added++;
                }
                case ImportPreview.Changed different -> {
                    duties.addAll(duties(week, before, preview.kind().record(preview.kind().merged(different.known().values(), different.row().values()))));
                    changed++;
                }
                case ImportPreview.Same ignored -> {}
                case ImportPreview.Ask ignored -> {}
                case ImportPreview.Skipped ignored -> {}
            }
        }
        store.putDuties(school, withHosts(week, before, duties));
        int cleared = clear(school, week, before, preview, gone);
        plans.changed(school, week.term());
        return new Applied(added, changed, cleared);
    }

    private static List<OwnClassDuty> duties(Week week, Map<Place, OwnClassDuty> before, Map<String, String> record) {
        SchoolClass klass = Objects.requireNonNull(week.classes().get(record.getOrDefault("class", "")));
        List<OwnClassDuty> duties = new ArrayList<>();
        for (DayOfWeek day : WEEK) {
            String said = record.getOrDefault(day.name(), "");
            @Nullable SlotTime slot = week.slot(klass, day, record.getOrDefault("slot", "")).orElse(null);
            if (said.isEmpty() || slot == null) continue;
            @Nullable OwnClassDuty old = before.get(new Place(klass.id(), slot.id()));
            @Nullable SchoolClass host = said.startsWith(INTO) ? week.classes().get(said.substring(INTO.length())) : null;
            @Nullable UUID who = host != null ? null : week.staff().find(said).map(StaffMember::id).orElse(null);
            duties.add(new OwnClassDuty(week.term(), klass.id(), slot.id(), who, old == null ? null : old.room(), host == null ? null : host.id()));
        }
        return duties;
    }

    // A class that others join must have a row of its own; a chain ends at its last class.
    private static List<OwnClassDuty> withHosts(Week week, Map<Place, OwnClassDuty> before, List<OwnClassDuty> duties) {
        Map<Place, OwnClassDuty> after = new HashMap<>(before);
        duties.forEach(d -> after.put(new Place(d.klass(), d.slot()), d));
        Map<Place, OwnClassDuty> written = new HashMap<>();
        for (OwnClassDuty d : duties) {
            @Nullable UUID host = d.mergedInto();
            for (int hops = 0; host != null && hops < 20; hops++) {
                @Nullable OwnClassDuty next = after.get(new Place(host, d.slot()));
                if (next == null || next.mergedInto() == null || next.mergedInto().equals(d.klass())) break;
                host = next.mergedInto();
            }
            written.put(new Place(d.klass(), d.slot()), new OwnClassDuty(d.term(), d.klass(), d.slot(), d.staff(), d.room(), host));
            if (host != null && !after.containsKey(new Place(host, d.slot()))) written.putIfAbsent(new Place(host, d.slot()), new OwnClassDuty(week.term(), host, d.slot(), null, null, null));
        }
        return List.copyOf(written.values());
    }

    // The row stays, its names go.
    private int clear(UUID school, Week week, Map<Place, OwnClassDuty> before, ImportPreview preview, Set<String> gone) {
        List<OwnClassDuty> cleared = new ArrayList<>();
        int rows = 0;
        for (Known record : preview.gone()) {
            if (!gone.contains(record.key())) continue;
            rows++;
            SchoolClass klass = Objects.requireNonNull(week.classes().get(record.values()[preview.kind().index("class")]));
            for (DayOfWeek day : WEEK) {
                @Nullable OwnClassDuty old = week.slot(klass, day, record.values()[preview.kind().index("slot")]).map(s -> before.get(new Place(klass.id(), s.id()))).orElse(null);
                if (old != null) cleared.add(new OwnClassDuty(old.term(), old.klass(), old.slot(), null, old.room(), null));
            }
        }
        store.putDuties(school, cleared);
        return rows;
    }
}
