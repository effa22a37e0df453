package afterbell.term.programme.members;

import afterbell.base.audit.Audit;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.CommandKeys;
import afterbell.base.shared.web.Typed;
import afterbell.term.programme.FixedMember;
import afterbell.term.programme.Plans;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Names children for a section and takes names back. */
@Component
class NameMembers {
    private static final int FOUND = 30;
    private static final int LONGEST = 60;

    private final Plans plans;
    private final ProgrammeStore store;
    private final Roster roster;
    private final Rules rules;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;

    NameMembers(Plans plans, ProgrammeStore store, Roster roster, Rules rules, CommandKeys commands, Audit audit, Ids ids) {
        this.plans = plans;
        this.store = store;
        this.roster = roster;
        this.rules = rules;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
    }

    @Transactional(readOnly = true)
    public MembersPage page(UUID school, UUID id, String q, List<Refusal> refusals) {
        Section section = section(school, id);
        List<FixedMember> named = members(school, section);
        Map<UUID, Pupil> pupils = roster.pupils(school).stream().collect(Collectors.toMap(Pupil::id, p -> p));
        Set<UUID> known = named.stream().map(FixedMember::pupil).collect(Collectors.toSet());
        List<MembersPage.Member> members = named.stream()
                .filter(m -> pupils.containsKey(m.pupil()))
                .map(m -> member(pupils.get(m.pupil()), m.reason()))
                .sorted(Comparator.comparing(MembersPage.Member::className).thenComparing(MembersPage.Member::name))
                .toList();
        List<MembersPage.Member> found = q.isBlank()
                ? List.of()
                : roster.search(school, q, FOUND * 3).stream().filter(p -> fits(section, p) && !known.contains(p.id())).limit(FOUND).map(p -> member(p, "")).toList();
        int share = share(school, section);
        return new MembersPage(section, section.capacity() * share / 100, share, members, q, found, refusals);
    }

    private static MembersPage.Member member(@org.jspecify.annotations.Nullable Pupil p, String reason) {
        if (p == null) throw new NotFound();
        return new MembersPage.Member(p.id(), p.name(), p.className(), reason);
    }

    private Section section(UUID school, UUID id) {
        UUID term = store.termOf(school, id).orElseThrow(NotFound::new);
        return store.sections(school, term).stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow(NotFound::new);
    }

    private List<FixedMember> members(UUID school, Section section) {
        return store.fixedMembers(school, section.term()).stream().filter(m -> m.section().equals(section.id())).toList();
    }

    private static boolean fits(Section section, Pupil p) {
        return section.gradeLo() <= p.grade() && p.grade() <= section.gradeHi();
    }

    /** A team may be all named; where others may wish too, the rules leave a share. */
    private int share(UUID school, Section section) {
        return section.fixed() ? 100 : rules.value(school, plans.today(), Rule.FIXED_MEMBERS_MAX_PERCENT);
    }

    /** The page where refused, empty where named. Naming the same child twice changes nothing. */
    @Transactional
    public Optional<MembersPage> add(UUID school, UUID id, Typed form) {
        Section section = section(school, id);
        List<UUID> asked = form.ids("pupil");
        Map<UUID, Pupil> pupils = roster.pupils(school).stream().filter(p -> asked.contains(p.id())).collect(Collectors.toMap(Pupil::id, p -> p));
        if (pupils.size() < asked.size()) throw new NotFound();
        String reason = form.text("reason").replace('\n', ' ');
        List<Refusal> no = new ArrayList<>();
        if (asked.isEmpty()) no.add(refusal("nobody", "pupil"));
        pupils.values().stream().filter(p -> !fits(section, p)).findFirst().ifPresent(p -> no.add(refusal("grade", "pupil", p.name())));
        if (!section.fixed() && reason.isEmpty()) no.add(refusal("reason", "reason"));
        if (reason.codePointCount(0, reason.length()) > LONGEST) no.add(refusal("long", "reason", LONGEST));
        Set<UUID> after = members(school, section).stream().map(FixedMember::pupil).collect(Collectors.toCollection(HashSet::new));
        after.addAll(asked);
        int most = section.capacity() * share(school, section) / 100;
        if (after.size() > most) no.add(refusal("full", "pupil", after.size(), most));
        if (!no.isEmpty()) return Optional.of(page(school, id, form.text("q"), no));
        commands.once(form.key(ids), id + "/" + asked, () -> {
            store.putFixedMembers(school, asked.stream().map(p -> new FixedMember(id, p, reason)).toList());
            audit.record(school, "programme.members_named", "section", id, Map.of("added", asked.size(), "members", after.size()));
            return id.toString();
        });
        return Optional.empty();
    }

    @Transactional
    public void remove(UUID school, UUID id, UUID pupil) {
        Section section = section(school, id);
        store.removeFixedMembers(school, List.of(new FixedMember(section.id(), pupil, "")));
        audit.record(school, "programme.member_removed", "section", id, Map.of("pupil", pupil.toString()));
    }

    private static Refusal refusal(String key, String field, Object... facts) {
        return new Refusal.Simple("programme.members.refused." + key, field, List.of(facts));
    }
}
