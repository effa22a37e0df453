package afterbell.term.programme.duties;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.roster.SchoolClass;
import afterbell.base.roster.StaffMember;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.OwnClassDuty;
import afterbell.term.programme.PlanFacts;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Problem;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.PublishPolicy;
import afterbell.term.programme.SlotTime;
import afterbell.term.programme.StaffFinder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes a weekday's duties. */
@Component
class PlanDuties {
    private final Plans plans;
    private final ProgrammeStore store;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    PlanDuties(Plans plans, ProgrammeStore store, CommandKeys commands, Audit audit, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public DutiesPage page(UUID school, @Nullable UUID asked, int day, boolean edits) {
        @Nullable Term term = plans.term(school, asked).orElse(null);
        if (term == null) return new DutiesPage(null, edits, 1, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        PlanFacts facts = plans.facts(school, term);
        StaffFinder finder = new StaffFinder(facts.staff());
        Map<UUID, StaffMember> staff = facts.staffById();
        Map<String, DutiesPage.Entry> entries = new HashMap<>();
        for (OwnClassDuty d : facts.duties()) {
            @Nullable StaffMember who = d.staff() == null ? null : staff.get(d.staff());
            String field = field(d.klass(), d.slot());
            entries.put(field, new DutiesPage.Entry(field, who == null ? "" : finder.word(who), d.mergedInto() == null ? "" : d.mergedInto().toString(), List.of(), true));
        }
        List<Problem> problems = edits
                ? PublishPolicy.problems(facts).stream().filter(p -> p.place() == Problem.Place.DUTIES && p.kind() != Problem.Kind.DUTY_WITHOUT_TEACHER).toList()
                : List.of();
        return page(term, facts, finder, day, edits, entries, problems, List.of(), List.of());
    }

    private static String field(UUID klass, UUID slot) {
        return klass + "." + slot;
    }

    private static DutiesPage page(
            Term term, PlanFacts facts, StaffFinder finder, int asked, boolean edits, Map<String, DutiesPage.Entry> entries, List<Problem> problems, List<Integer> also, List<Refusal> refusals) {
        List<Integer> days = facts.slots().stream().map(SlotTime::weekday).distinct().sorted().toList();
        int day = days.contains(asked) ? asked : days.isEmpty() ? 1 : days.getFirst();
        Map<String, List<SchoolClass>> byBand = new LinkedHashMap<>();
        facts.classes().stream()
                .sorted(Comparator.comparingInt(SchoolClass::grade).thenComparingInt(SchoolClass::number))
                .forEach(c -> byBand.computeIfAbsent(facts.bands().getOrDefault(c.grade(), ""), k -> new ArrayList<>()).add(c));
        List<DutiesPage.Band> bands = new ArrayList<>();
        byBand.forEach((band, classes) -> {
            List<SlotTime> slots = facts.slots().stream().filter(s -> s.band().equals(band) && s.weekday() == day).sorted(SlotTime.IN_ORDER).toList();
            if (slots.isEmpty()) return;
            List<DutiesPage.Row> rows = classes.stream().map(c -> row(facts, c, classes, slots, entries)).toList();
            String name = classes.getFirst().grade() + "/" + classes.getLast().grade();
            bands.add(new DutiesPage.Band(name, slots.stream().map(s -> new DutiesPage.Slot(s.id(), s.from(), s.until())).toList(), rows));
        });
        return new DutiesPage(term, edits, day, days, bands, facts.staff().stream().map(finder::word).toList(), problems, also, refusals);
    }

    private static DutiesPage.Row row(PlanFacts facts, SchoolClass c, List<SchoolClass> classes, List<SlotTime> slots, Map<String, DutiesPage.Entry> entries) {
        List<DutiesPage.Other> others = classes.stream().filter(o -> !o.id().equals(c.id())).map(o -> new DutiesPage.Other(o.id().toString(), o.name())).toList();
        return new DutiesPage.Row(
                c.id(),
                c.name(),
                slots.stream()
                        .map(s -> {
                            String field = field(c.id(), s.id());
                            DutiesPage.Entry known = entries.getOrDefault(field, new DutiesPage.Entry(field, "", "", List.of(), false));
                            boolean used = !CellPolicy.of(facts.cells(), s.id(), c.grade()).isEmpty();
                            return new DutiesPage.Entry(field, known.teacher(), known.merged(), others, used);
                        })
                        .toList());
    }

    /** The page as typed where something is refused, empty where it is done. */
    @Transactional
    public Optional<DutiesPage> write(UUID school, Typed form) {
        Term term = plans.term(school, form.id("term").orElse(null)).orElseThrow(NotFound::new);
        PlanFacts facts = plans.facts(school, term);
        StaffFinder finder = new StaffFinder(facts.staff());
        int day = form.number("day").orElse(1);
        List<Integer> also = form.numbers("also");
        Map<UUID, SchoolClass> classes = facts.classesById();
        Map<String, SlotTime> slots = facts.slots().stream().filter(s -> s.weekday() == day).collect(Collectors.toMap(s -> s.id().toString(), Function.identity()));
        Map<String, DutiesPage.Entry> typed = new TreeMap<>();
        Map<String, OwnClassDuty> wanted = new TreeMap<>();
        List<Refusal> no = new ArrayList<>();
        for (SchoolClass c : facts.classes())
            for (SlotTime slot : slots.values()) {
                String field = field(c.id(), slot.id());
                if (!slot.band().equals(facts.bands().get(c.grade())) || !form.values().containsKey("t." + field)) continue;
                String name = form.text("t." + field);
                String into = form.text("m." + field);
                typed.put(field, new DutiesPage.Entry(field, name, into, List.of(), true));
                @Nullable StaffMember who = name.isEmpty() ? null : finder.find(name).orElse(null);
                if (!name.isEmpty() && who == null) no.add(new Refusal.Simple("programme.duties.refused.unknown", "t." + field, List.of(name)));
                @Nullable SchoolClass other = Ids.parse(into).map(classes::get).orElse(null);
                boolean sameBand = other != null && slot.band().equals(facts.bands().get(other.grade())) && !other.id().equals(c.id());
                if (!into.isEmpty() && !sameBand) no.add(new Refusal.Simple("programme.duties.refused.merge", "m." + field, List.of(c.name())));
                wanted.put(field, new OwnClassDuty(term.id(), c.id(), slot.id(), other == null && who != null ? who.id() : null, null, other == null ? null : other.id()));
            }
        // A class that others join keeps its own teacher: chains would leave children in nobody's room.
        for (OwnClassDuty d : wanted.values())
            if (d.mergedInto() != null) {
                @Nullable OwnClassDuty host = wanted.get(field(d.mergedInto(), d.slot()));
                if (host == null || host.mergedInto() != null)
                    no.add(new Refusal.Simple("programme.duties.refused.chain", "m." + field(d.klass(), d.slot()), List.of(classes.containsKey(d.klass()) ? classes.get(d.klass()).name() : "")));
            }
        if (!no.isEmpty()) return Optional.of(page(term, facts, finder, day, true, typed, List.of(), also, no));
        commands.once(form.key(ids), day + "/" + also + "/" + wanted, () -> {
            Map<String, OwnClassDuty> rooms = facts.duties().stream().collect(Collectors.toMap(d -> field(d.klass(), d.slot()), Function.identity()));
            List<OwnClassDuty> all = new ArrayList<>();
            for (OwnClassDuty d : wanted.values()) {
                all.add(kept(d, rooms));
                SlotTime at = slots.get(d.slot().toString());
                facts.slots().stream()
                        .filter(s -> at != null && also.contains(s.weekday()) && s.weekday() != day && s.band().equals(at.band()) && s.code().equals(at.code()))
                        .forEach(s -> all.add(kept(new OwnClassDuty(d.term(), d.klass(), s.id(), d.staff(), null, d.mergedInto()), rooms)));
            }
            store.putDuties(school, all);
            plans.changed(school, term.id());
            audit.record(school, "programme.duties_written", "term", term.id(), Map.of("weekday", day, "also", also, "duties", all.size()));
            return term.id().toString();
        });
        return Optional.empty();
    }

    // A room given for a slot stays when the teacher changes.
    private static OwnClassDuty kept(OwnClassDuty d, Map<String, OwnClassDuty> before) {
        @Nullable OwnClassDuty old = before.get(field(d.klass(), d.slot()));
        return new OwnClassDuty(d.term(), d.klass(), d.slot(), d.staff(), old == null ? null : old.room(), d.mergedInto());
    }
}
