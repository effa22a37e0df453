package afterbell.term.programme.menu;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Term;
import afterbell.base.roster.StaffMember;
import afterbell.base.rules.BrokenRule;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Verdict;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.files.FileKind;
import afterbell.base.shared.files.Files;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
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
import afterbell.term.staffing.Fitness;
import afterbell.term.staffing.Provider;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes, changes, withdraws and removes a section. What is published must stay fit to be published. */
@Component
class KeepSection {
    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_TEXT = 500;

    private final Plans plans;
    private final ProgrammeStore store;
    private final Schools schools;
    private final Files files;
    private final CommandKeys commands;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;

    KeepSection(Plans plans, ProgrammeStore store, Schools schools, Files files, CommandKeys commands, Audit audit, ApplicationEventPublisher events, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.schools = schools;
        this.files = files;
        this.commands = commands;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
    }

    /** Done: the section's id. Refused: the page as typed. */
    sealed interface Answer {
        record Done(UUID section, String state, boolean problems) implements Answer {}

        record Refused(SectionPage page) implements Answer {}
    }

    @Transactional(readOnly = true)
    public SectionPage blank(UUID school, @Nullable UUID asked, String name) {
        Term term = plans.term(school, asked).orElseThrow(NotFound::new);
        PlanFacts facts = plans.facts(school, term);
        if (facts.bands().isEmpty()) throw new NotFound();
        return page(school, term, facts, null, SectionPage.Entry.blank(name, facts.bands().firstKey(), facts.bands().lastKey()), List.of(), List.of());
    }

    @Transactional(readOnly = true)
    public SectionPage page(UUID school, UUID id) {
        return page(school, id, List.of());
    }

    @Transactional(readOnly = true)
    public SectionPage page(UUID school, UUID id, List<Refusal> refusals) {
        Term term = plans.term(school, store.termOf(school, id).orElseThrow(NotFound::new)).orElseThrow(NotFound::new);
        PlanFacts facts = plans.facts(school, term);
        Section s = section(facts, id);
        return page(school, term, facts, s, entry(facts, s), PublishPolicy.of(facts, id), refusals);
    }

    private static Section section(PlanFacts facts, UUID id) {
        return facts.sections().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    private SectionPage page(UUID school, Term term, PlanFacts facts, @Nullable Section s, SectionPage.Entry entry, List<Problem> problems, List<Refusal> refusals) {
        StaffFinder finder = new StaffFinder(facts.staff());
        List<Choice> rooms = facts.rooms().stream().map(r -> Choice.of(r.id().toString(), r.name() + " (" + r.capacity() + ")")).toList();
        List<Choice> providers = facts.providers().stream().filter(p -> !p.retired() || p.id().toString().equals(entry.provider())).map(p -> Choice.of(p.id().toString(), p.name())).toList();
        int members = s == null ? 0 : (int) facts.members().stream().filter(m -> m.section().equals(s.id())).count();
        return new SectionPage(
                term,
                s == null ? null : s.id(),
                s == null ? "new" : s.state().code(),
                entry,
                times(facts),
                List.copyOf(facts.bands().keySet()),
                rooms,
                providers,
                facts.staff().stream().map(finder::word).toList(),
                facts.offerings().stream().map(Offering::activity).distinct().sorted().toList(),
                facts.charges() || !entry.price().isEmpty(),
                members,
                s == null ? null : Objects.requireNonNull(facts.offeringsById().get(s.offering())).picture(),
                schools.get(school).code(),
                problems,
                refusals);
    }

    private static List<SectionPage.Time> times(PlanFacts facts) {
        Map<String, SectionPage.Time> times = new LinkedHashMap<>();
        for (SlotTime slot : facts.slots()) {
            if (!slot.period()) continue;
            Set<Integer> choosing = new TreeSet<>(CellPolicy.choosing(facts.cells(), slot.id()));
            SectionPage.@Nullable Time known = times.get(timeKey(slot));
            if (known != null) choosing.addAll(known.choosing());
            times.put(timeKey(slot), new SectionPage.Time(timeKey(slot), slot.weekday(), slot.from(), slot.until(), List.copyOf(choosing)));
        }
        return List.copyOf(times.values());
    }

    private static String timeKey(SlotTime slot) {
        return slot.weekday() + "T" + slot.from() + "-" + slot.until();
    }

    private static SectionPage.Entry entry(PlanFacts facts, Section s) {
        Offering o = Objects.requireNonNull(facts.offeringsById().get(s.offering()));
        StaffFinder finder = new StaffFinder(facts.staff());
        Map<UUID, StaffMember> staff = facts.staffById();
        Map<UUID, SlotTime> slots = facts.slotsById();
        List<String> teachers = s.teachers().stream().map(staff::get).filter(Objects::nonNull).map(finder::word).toList();
        return new SectionPage.Entry(
                s.code(),
                s.name(),
                o.activity(),
                o.domain().code(),
                o.layer().code(),
                s.kind().code(),
                o.description(),
                Integer.toString(s.gradeLo()),
                Integer.toString(s.gradeHi()),
                Integer.toString(s.minSize()),
                Integer.toString(s.capacity()),
                s.capacityReason(),
                s.perClassSeats() == null ? "" : s.perClassSeats().toString(),
                s.room() == null ? "" : s.room().toString(),
                teachers.isEmpty() ? "" : teachers.getFirst(),
                String.join("\u3001", teachers.stream().skip(1).toList()),
                s.slots().stream().map(slots::get).filter(Objects::nonNull).map(KeepSection::timeKey).collect(Collectors.toSet()),
                o.provider() == null ? "" : o.provider().toString(),
                o.materials(),
                o.insurance(),
                o.priceFen() == 0 ? "" : BigDecimal.valueOf(o.priceFen(), 2).stripTrailingZeros().toPlainString(),
                o.priceUnit().code(),
                o.auditioned(),
                s.fixed(),
                s.fixedReason());
    }

    private static SectionPage.Entry entry(Typed form) {
        return new SectionPage.Entry(
                form.text("code"),
                form.text("name"),
                form.text("activity"),
                form.text("domain"),
                form.text("layer"),
                form.text("kind"),
                form.text("description"),
                form.text("gradeFrom"),
                form.text("gradeUntil"),
                form.text("minSize"),
                form.text("capacity"),
                form.text("capacityReason"),
                form.text("perClassSeats"),
                form.text("room"),
                form.text("teacher"),
                form.text("assistants"),
                new LinkedHashSet<>(form.texts("times")),
                form.text("provider"),
                form.text("materials"),
                form.yes("insurance"),
                form.text("price"),
                form.text("priceUnit"),
                form.yes("auditioned"),
                form.yes("fixed"),
                form.text("fixedReason"));
    }

    /** @param id null for a new one */
    @Transactional
    public Answer keep(UUID school, @Nullable UUID id, Typed form) {
        UUID termId = id == null ? form.id("term").orElse(null) : store.termOf(school, id).orElseThrow(NotFound::new);
        Term term = plans.term(school, termId).orElseThrow(NotFound::new);
        PlanFacts facts = plans.facts(school, term);
        if (facts.bands().isEmpty()) throw new NotFound();
        @Nullable Section before = id == null ? null : section(facts, id);
        SectionPage.Entry typed = entry(form);
        List<Refusal> no = new ArrayList<>();
        UUID sectionId = before == null ? ids.next() : before.id();
        UUID offeringId = before == null ? ids.next() : before.offering();
        Section section = section(facts, term, before, sectionId, offeringId, form, typed, no);
        Offering offering = offering(school, facts, term, before, offeringId, form, typed, no);
        caps(facts, section, no);
        PlanFacts after = facts.with(section, offering);
        List<Problem> problems = PublishPolicy.of(after, sectionId);
        if (before != null && before.state() == Section.State.PUBLISHED && no.isEmpty()) {
            frozen(before, section, no);
            if (problems.stream().anyMatch(Problem::stops)) no.add(new Refusal.Simple("programme.section.refused.problems"));
        }
        if (!no.isEmpty()) return new Answer.Refused(page(school, term, facts, before, typed, problems, no));
        String kept = commands.once(form.key(ids), termId + "/" + id + "/" + typed, () -> {
            store.putOfferings(school, List.of(offering));
            store.putSections(school, List.of(section));
            if (section.state() == Section.State.PUBLISHED) plans.changed(school, term.id());
            audit.record(school, before == null ? "programme.section_added" : "programme.section_changed", "section", sectionId, Map.of("code", section.code(), "capacity", section.capacity()));
            return sectionId.toString();
        });
        return new Answer.Done(UUID.fromString(kept), section.state().code(), problems.stream().anyMatch(Problem::stops));
    }

    private Section section(
            PlanFacts facts, Term term, @Nullable Section before, UUID id, UUID offering, Typed form, SectionPage.Entry typed, List<Refusal> no) {
        if (typed.name().isEmpty()) no.add(refusal("name_missing", "name"));
        else if (length(typed.name()) > LONGEST_NAME) no.add(refusal("long", "name", LONGEST_NAME));
        int from = form.number("gradeFrom").orElse(0);
        int until = form.number("gradeUntil").orElse(0);
        if (!facts.bands().containsKey(from) || !facts.bands().containsKey(until) || from > until) no.add(refusal("grades", "gradeUntil"));
        int capacity = form.number("capacity").orElse(0);
        if (capacity < 1 || capacity > 500) no.add(refusal("capacity", "capacity"));
        int min = typed.minSize().isEmpty() ? 0 : form.number("minSize").orElse(-1);
        if (min < 0 || min > capacity && capacity > 0) no.add(refusal("minimum", "minSize"));
        @Nullable Integer perClass = typed.perClassSeats().isEmpty() ? null : (Integer) form.number("perClassSeats").orElse(0);
        if (perClass != null && (perClass < 1 || perClass > 100)) no.add(refusal("per_class", "perClassSeats"));
        Section.Kind kind = Arrays.stream(Section.Kind.values()).filter(k -> k.code().equals(typed.kind())).findFirst().orElse(Section.Kind.CLUB);
        boolean fixed = typed.fixed() || kind == Section.Kind.TEAM;
        if (fixed && typed.fixedReason().isEmpty()) no.add(refusal("fixed_reason", "fixedReason"));
        for (String field : List.of("capacityReason", "fixedReason")) if (length(form.text(field)) > 100) no.add(refusal("long", field, 100));
        @Nullable UUID room = form.id("room").filter(facts.roomsById()::containsKey).orElse(null);
        if (!typed.room().isEmpty() && room == null) no.add(refusal("room", "room"));
        String code = typed.code().isEmpty() ? before == null ? nextCode(facts) : before.code() : typed.code();
        if (length(code) > 12) no.add(refusal("long", "code", 12));
        if (facts.sections().stream().anyMatch(s -> s.code().equalsIgnoreCase(code) && !s.id().equals(id))) no.add(refusal("code_taken", "code", code));
        List<UUID> slots = facts.slots().stream()
                .filter(s -> s.period() && typed.times().contains(timeKey(s)))
                .filter(s -> facts.bands().entrySet().stream().anyMatch(b -> b.getKey() >= from && b.getKey() <= until && b.getValue().equals(s.band())))
                .map(SlotTime::id)
                .toList();
        if (!typed.times().isEmpty() && slots.isEmpty() && no.stream().noneMatch(r -> r.field().equals("gradeUntil"))) no.add(refusal("times", "times"));
        return new Section(
                id,
                offering,
                term.id(),
                code,
                typed.name(),
                kind,
                Math.clamp(from, 1, 12),
                Math.clamp(Math.max(from, until), 1, 12),
                Math.clamp(min, 0, Math.clamp(capacity, 1, 500)),
                Math.clamp(capacity, 1, 500),
                typed.capacityReason(),
                perClass == null ? null : (Integer) Math.clamp(perClass, 1, 100),
                room,
                before == null ? Section.State.DRAFT : before.state(),
                fixed,
                fixed ? typed.fixedReason() : "",
                slots,
                teachers(facts, typed, no));
    }

    private static List<UUID> teachers(PlanFacts facts, SectionPage.Entry typed, List<Refusal> no) {
        StaffFinder finder = new StaffFinder(facts.staff());
        List<UUID> teachers = new ArrayList<>();
        named(facts, finder, typed.teacher(), "teacher", teachers, no);
        for (String name : typed.assistants().split("[,\uFF0C\u3001;\uFF1B\n]")) named(facts, finder, name.strip(), "assistants", teachers, no);
        if (typed.teacher().isEmpty() && !teachers.isEmpty()) no.add(refusal("main_teacher", "teacher"));
        return teachers;
    }

    private static void named(PlanFacts facts, StaffFinder finder, String name, String field, List<UUID> teachers, List<Refusal> no) {
        if (name.isEmpty()) return;
        Optional<StaffMember> found = finder.find(name);
        if (found.isEmpty()) no.add(new Refusal.Simple("programme.duties.refused.unknown", field, List.of(name)));
        else if (found.get().kind().equals("outside") && !vetted(facts, found.get())) no.add(refusal("not_vetted", field, found.get().name()));
        else if (!teachers.contains(found.get().id())) teachers.add(found.get().id());
    }

    // Nobody from outside is given children before every check holds on the first day of clubs (C12).
    private static boolean vetted(PlanFacts facts, StaffMember person) {
        @Nullable Fitness fitness = facts.outside().get(person.id());
        return fitness != null && fitness.fit();
    }

    private Offering offering(UUID school, PlanFacts facts, Term term, @Nullable Section before, UUID id, Typed form, SectionPage.Entry typed, List<Refusal> no) {
        if (length(typed.description()) > LONGEST_TEXT) no.add(refusal("long", "description", LONGEST_TEXT));
        if (length(typed.materials()) > 100) no.add(refusal("long", "materials", 100));
        if (length(typed.activity()) > LONGEST_NAME) no.add(refusal("long", "activity", LONGEST_NAME));
        long fen = typed.price().isEmpty() ? 0 : form.fen("price").orElse(-1);
        if (fen < 0 || fen > 10_000_000) no.add(refusal("price", "price"));
        else if (fen > 0 && !facts.charges()) no.add(refusal("no_tariff", "price"));
        @Nullable UUID provider = form.id("provider").orElse(null);
        if (!typed.provider().isEmpty() && (provider == null || !facts.providersById().containsKey(provider))) no.add(refusal("provider", "provider"));
        @Nullable Offering old = before == null ? null : facts.offeringsById().get(before.offering());
        return new Offering(
                id,
                term.id(),
                typed.activity().isEmpty() ? typed.name() : typed.activity(),
                typed.name(),
                Arrays.stream(Offering.Domain.values()).filter(d -> d.code().equals(typed.domain())).findFirst().orElse(Offering.Domain.OTHER),
                typed.description(),
                typed.layer().equals("basic") ? Cell.Layer.BASIC : Cell.Layer.EXTENSION,
                provider,
                old == null ? null : old.picture(),
                typed.materials(),
                typed.insurance(),
                Math.max(0, fen),
                typed.priceUnit().equals("term") ? Offering.PriceUnit.TERM : Offering.PriceUnit.SESSION,
                typed.auditioned());
    }

    private static void caps(PlanFacts facts, Section s, List<Refusal> no) {
        @Nullable Rule<Integer> cap = switch (s.kind()) {
            case CLUB -> Rule.CLUB_MAX_SIZE;
            case WALKING -> Rule.WALKING_CLASS_MAX_SIZE;
            case TEAM -> null;
        };
        if (cap == null) return;
        switch (facts.rules().resolve(cap, facts.situation()).verdict(s.capacity())) {
            case Verdict.Allowed ignored -> {}
            case Verdict.NeedsReason needs -> {
                if (s.capacityReason().isBlank()) no.add(BrokenRule.of(needs, "capacityReason"));
            }
            case Verdict.Refused refused -> no.add(BrokenRule.of(refused, "capacity"));
        }
    }

    // Families have read grades and times and may have wished already.
    private static void frozen(Section before, Section after, List<Refusal> no) {
        if (before.gradeLo() != after.gradeLo() || before.gradeHi() != after.gradeHi()) no.add(refusal("frozen", "gradeUntil"));
        if (!new HashSet<>(before.slots()).equals(new HashSet<>(after.slots()))) no.add(refusal("frozen", "times"));
        if (before.fixed() != after.fixed()) no.add(refusal("frozen", "fixed"));
        if (after.capacity() < before.capacity()) no.add(refusal("smaller", "capacity", before.capacity()));
    }

    private static String nextCode(PlanFacts facts) {
        int n = facts.sections().size() + 1;
        Set<String> taken = facts.sections().stream().map(Section::code).collect(Collectors.toSet());
        while (taken.contains(code(n))) n++;
        return code(n);
    }

    private static String code(int n) {
        return "S" + (n < 10 ? "0" : "") + n;
    }

    /** Takes a published section off the menu; families who wished for it read so. */
    @Transactional
    public Outcome<UUID> withdraw(UUID school, UUID id, Typed form) {
        UUID term = store.termOf(school, id).orElseThrow(NotFound::new);
        commands.once(form.key(ids), "withdraw/" + id, () -> {
            boolean known = store.sections(school, term).stream().anyMatch(s -> s.id().equals(id) && s.state() == Section.State.PUBLISHED);
            store.setState(school, id, Section.State.WITHDRAWN);
            audit.record(school, "programme.section_withdrawn", "section", id, Map.of());
            if (known) {
                events.publishEvent(new ProgrammeEvent.SectionWithdrawn(school, term, id));
                plans.changed(school, term);
            }
            return id.toString();
        });
        return Outcome.done(term);
    }

    /** Gives the section's offering a picture after a look at its content, or takes it away (null). Refused: what is wrong with the file. */
    @Transactional
    public List<Refusal> picture(UUID school, UUID id, @Nullable InputStream picture) {
        UUID term = store.termOf(school, id).orElseThrow(NotFound::new);
        UUID offering = store.sections(school, term).stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotFound::new).offering();
        @Nullable UUID kept = null;
        if (picture != null)
            switch (files.put(new Files.Wanted(school, Files.Audience.PUBLIC, null, Set.of(FileKind.JPEG, FileKind.PNG, FileKind.WEBP), "picture", 10), picture)) {
                case Outcome.Done<Files.Kept> done -> kept = done.value().id();
                case Outcome.Refused<Files.Kept> refused -> {
                    return refused.refusals();
                }
            }
        store.setPicture(school, offering, kept);
        audit.record(school, "programme.picture_changed", "offering", offering, Map.of("picture", kept != null));
        return List.of();
    }

    /** Removes a draft; what was published once is withdrawn instead. */
    @Transactional
    public Outcome<UUID> remove(UUID school, UUID id, Typed form) {
        UUID term = store.termOf(school, id).orElseThrow(NotFound::new);
        boolean draft = store.sections(school, term).stream().anyMatch(s -> s.id().equals(id) && s.state() == Section.State.DRAFT);
        if (!draft) return Outcome.refused(refusal("not_draft", ""));
        commands.once(form.key(ids), "remove/" + id, () -> {
            store.removeSection(school, id);
            audit.record(school, "programme.section_removed", "section", id, Map.of());
            return id.toString();
        });
        return Outcome.done(term);
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple("programme.section.refused." + key, field, List.of(facts));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
