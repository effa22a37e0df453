package afterbell.term.programme.importing;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.sheet.Cells;
import afterbell.base.shared.sheet.ClassNames;
import afterbell.base.shared.sheet.ImportKind;
import afterbell.base.shared.sheet.ImportPreview;
import afterbell.base.shared.sheet.ImportPreview.Known;
import afterbell.base.shared.sheet.ImportTarget;
import afterbell.base.shared.sheet.RowDraft;
import afterbell.base.shared.sheet.SheetKinds;
import afterbell.base.shared.sheet.SheetProblem;
import afterbell.term.programme.FixedMember;
import afterbell.term.programme.Plans;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

/** Children named for teams (R42, R62): a row per child and section. A section that the file doesn't speak of keeps its members. */
@Component
class MemberImport implements ImportTarget {
    private final Plans plans;
    private final ProgrammeStore store;
    private final Roster roster;
    private final Audit audit;

    MemberImport(Plans plans, ProgrammeStore store, Roster roster, Audit audit) {
        this.plans = plans;
        this.store = store;
        this.roster = roster;
        this.audit = audit;
    }

    @Override
    public String key() {
        return "members";
    }

    @Override
    public boolean exports() {
        return true;
    }

    @Override
    public boolean readsAnew() {
        return true;
    }

    private record Teams(Named<Section> sections, Map<UUID, Section> byId, Map<String, List<Pupil>> pupils, Map<UUID, String> classes, List<FixedMember> members) {

        List<Pupil> pupils(String name, String schoolClass) {
            return pupils.getOrDefault(name + "/" + schoolClass, List.of());
        }
    }

    private Optional<Teams> teams(UUID school) {
        return plans.term(school, null).map(term -> {
            List<Section> alive = store.sections(school, term.id()).stream().filter(s -> s.state() != Section.State.WITHDRAWN).toList();
            Map<UUID, String> classes = roster.classes(school).stream().collect(Collectors.toMap(SchoolClass::id, c -> c.grade() + "-" + c.number()));
            Map<String, List<Pupil>> pupils = roster.pupils(school).stream().collect(Collectors.groupingBy(p -> p.name() + "/" + classes.get(p.schoolClass())));
            return new Teams(
                    new Named<>(alive, Section::id, Section::name, Section::code),
                    alive.stream().collect(Collectors.toMap(Section::id, s -> s)),
                    pupils,
                    classes,
                    store.fixedMembers(school, term.id()));
        });
    }

    @Override
    @Transactional(readOnly = true)
    public ImportKind kind(UUID school) {
        Optional<Teams> teams = teams(school);
        if (teams.isEmpty()) return SheetKinds.members().finishing((row, context) -> row.refuse("section", SheetProblem.of("programme.import.no_term")));
        Teams here = teams.get();
        return SheetKinds.members().reading("section", here.sections().parser("programme.import.section_unknown")).reading("registration", Cells.text(40)).finishing((row, context) -> finish(row, here));
    }

    private static void finish(RowDraft row, Teams teams) {
        // A number of the national register is never needed here and isn't kept.
        row.set("registration", "");
        if (row.get("name").isEmpty() || row.get("class").isEmpty()) return;
        List<Pupil> found = found(teams, row.get("name"), row.get("class"), row.get("birthday"));
        if (found.isEmpty()) row.refuse("name", SheetProblem.of("programme.import.pupil_unknown", row.get("name"), ClassNames.written(row.get("class"))));
        else if (found.size() > 1) row.refuse("birthday", SheetProblem.of("programme.import.pupil_homonym", row.get("name")));
        @Nullable Section section = teams.sections().find(row.get("section")).orElse(null);
        if (section != null && found.size() == 1 && (found.getFirst().grade() < section.gradeLo() || found.getFirst().grade() > section.gradeHi()))
            row.refuse("class", SheetProblem.of("programme.import.grade_not_open", section.name()));
        // Only needed to tell two children of one name apart.
        if (found.size() == 1 && teams.pupils(row.get("name"), row.get("class")).size() == 1) row.set("birthday", "");
    }

    private static List<Pupil> found(Teams teams, String name, String schoolClass, String birthday) {
        List<Pupil> alike = teams.pupils(name, schoolClass);
        if (alike.size() < 2 || birthday.isEmpty()) return alike;
        return alike.stream().filter(p -> p.birthday() != null && p.birthday().toString().equals(birthday)).toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Known> known(UUID school) {
        ImportKind kind = SheetKinds.members();
        return teams(school).map(teams -> known(kind, teams)).orElse(List.of());
    }

    private static List<Known> known(ImportKind kind, Teams teams) {
        Map<UUID, Pupil> pupils = teams.pupils().values().stream().flatMap(List::stream).collect(Collectors.toMap(Pupil::id, p -> p));
        List<Known> known = new ArrayList<>();
        for (FixedMember m : teams.members()) {
            @Nullable Pupil pupil = pupils.get(m.pupil());
            if (pupil == null || !teams.byId().containsKey(m.section())) continue;
            String schoolClass = teams.classes().getOrDefault(pupil.schoolClass(), "");
            boolean homonym = teams.pupils(pupil.name(), schoolClass).size() > 1;
            Map<String, String> record = new HashMap<>();
            record.put("section", teams.sections().word(m.section()));
            record.put("name", pupil.name());
            record.put("class", schoolClass);
            record.put("birthday", homonym && pupil.birthday() != null ? pupil.birthday().toString() : "");
            known.add(new Known(m.section() + "/" + m.pupil(), kind.values(record)));
        }
        return known;
    }

    private static List<FixedMember> added(Teams teams, ImportPreview preview) {
        List<FixedMember> added = new ArrayList<>();
        for (ImportPreview.Entry entry : preview.entries())
            if (entry instanceof ImportPreview.New fresh) {
                Map<String, String> record = preview.kind().record(fresh.row().values());
                Section section = teams.sections().find(record.getOrDefault("section", "")).orElseThrow();
                List<Pupil> pupil = found(teams, record.getOrDefault("name", ""), record.getOrDefault("class", ""), record.getOrDefault("birthday", ""));
                added.add(new FixedMember(section.id(), pupil.getFirst().id(), ""));
            }
        return added;
    }

    private static List<FixedMember> removed(ImportPreview preview, Set<String> gone) {
        return preview.gone().stream()
                .map(Known::key)
                .filter(gone::contains)
                .map(key -> new FixedMember(UUID.fromString(key.substring(0, 36)), UUID.fromString(key.substring(37)), ""))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Refusal> refusals(UUID school, ImportPreview preview, Set<String> gone) {
        @Nullable Teams teams = teams(school).orElse(null);
        if (teams == null) return List.of();
        Map<UUID, Set<UUID>> after = new HashMap<>();
        teams.members().forEach(m -> after.computeIfAbsent(m.section(), s -> new HashSet<>()).add(m.pupil()));
        removed(preview, gone).forEach(m -> after.getOrDefault(m.section(), new HashSet<>()).remove(m.pupil()));
        Set<UUID> grown = new HashSet<>();
        for (FixedMember m : added(teams, preview)) if (after.computeIfAbsent(m.section(), s -> new HashSet<>()).add(m.pupil())) grown.add(m.section());
        return grown.stream()
                .map(id -> Objects.requireNonNull(teams.byId().get(id)))
                .filter(s -> after.getOrDefault(s.id(), Set.of()).size() > s.capacity())
                .<Refusal>map(s -> new Refusal.Simple("programme.import.refused.members", "", List.of(s.name(), after.getOrDefault(s.id(), Set.of()).size(), s.capacity())))
                .toList();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Applied apply(UUID school, ImportPreview preview, Set<String> gone) {
        @Nullable Teams teams = teams(school).orElse(null);
        if (teams == null) return new Applied(0, 0, 0);
        List<FixedMember> added = added(teams, preview);
        List<FixedMember> removed = removed(preview, gone);
        store.putFixedMembers(school, added);
        store.removeFixedMembers(school, removed);
        audit.record(school, "programme.members_imported", "school", school, Map.of("added", added.size(), "removed", removed.size()));
        return new Applied(added.size(), 0, removed.size());
    }
}
