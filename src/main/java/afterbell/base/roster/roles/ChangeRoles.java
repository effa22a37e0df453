package afterbell.base.roster.roles;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.PersonName;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SectionLeads;
import afterbell.base.schools.Schools;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives and takes roles. A school is never left without an office, and nobody takes the own office role away. */
@Component
class ChangeRoles {
    private final RolesStore store;
    private final Accounts accounts;
    private final Invitations invitations;
    private final Roster roster;
    private final Schools schools;
    private final SectionLeads leads;
    private final Audit audit;

    ChangeRoles(RolesStore store, Accounts accounts, Invitations invitations, Roster roster, Schools schools, SectionLeads leads, Audit audit) {
        this.store = store;
        this.accounts = accounts;
        this.invitations = invitations;
        this.roster = roster;
        this.schools = schools;
        this.leads = leads;
        this.audit = audit;
    }

    @Transactional
    public Outcome<UUID> grant(Wearer me, UUID key, Role role, @Nullable UUID klass, @Nullable Integer grade) {
        UUID school = me.school();
        if (role.hat() != Hat.STAFF) throw new NotFound();
        if (role == Role.CLASS_TEACHER && (klass == null || roster.classes(school).stream().noneMatch(c -> c.id().equals(klass))))
            return Outcome.refused(new Refusal.Simple("roster.roles.refused.class", "klass", List.of()));
        if (role == Role.GRADE_HEAD && (grade == null || schools.grades(school).stream().noneMatch(g -> g.grade() == grade)))
            return Outcome.refused(new Refusal.Simple("roster.roles.refused.grade", "grade", List.of()));
        store.waitForTurn(school);
        RolesStore.Worker worker = find(school, key);
        UUID account = accountOf(me, worker);
        Wearer.Grant grant = grantOf(school, role, klass, grade);
        accounts.grant(account, grant, me.account());
        if (role == Role.CLASS_TEACHER && klass != null && worker.staff() != null) store.addClass(school, klass, worker.staff());
        audit.record(school, "roster.role_granted", "account", account, facts(grant));
        return Outcome.done(account);
    }

    @Transactional
    public Outcome<UUID> revoke(Wearer me, UUID key, Role role, @Nullable UUID klass, @Nullable Integer grade) {
        UUID school = me.school();
        store.waitForTurn(school);
        RolesStore.Worker worker = find(school, key);
        UUID account = worker.account();
        if (account == null || role.hat() != Hat.STAFF) throw new NotFound();
        if (role == Role.OFFICE && account.equals(me.account())) return Outcome.refused(new Refusal.Simple("roster.roles.refused.own"));
        if (role == Role.OFFICE && worker.held().stream().anyMatch(h -> h.role() == Role.OFFICE) && store.offices(school) <= 1) return Outcome.refused(new Refusal.Simple("roster.roles.refused.last"));
        Wearer.Grant grant = grantOf(school, role, klass, grade);
        if (accounts.revoke(account, grant)) {
            if (role == Role.CLASS_TEACHER && worker.staff() != null) store.removeClass(school, klass, worker.staff());
            audit.record(school, "roster.role_revoked", "account", account, facts(grant));
        }
        return Outcome.done(account);
    }

    List<SectionLeads.Led> sections(UUID school, UUID staff) {
        return leads.of(school, staff);
    }

    /** Gives or takes the lead of one section. Whoever leads one is a service teacher; the role stays when the last is taken, own-class care may hang on it. */
    @Transactional
    public Outcome<UUID> lead(Wearer me, UUID key, UUID section, boolean gives) {
        UUID school = me.school();
        store.waitForTurn(school);
        RolesStore.Worker worker = find(school, key);
        UUID staff = worker.staff();
        if (staff == null) throw new NotFound();
        List<Refusal> no = gives ? leads.give(school, section, staff) : leads.take(school, section, staff);
        if (!no.isEmpty()) return Outcome.refused(no);
        if (gives && worker.held().stream().noneMatch(h -> h.role() == Role.SERVICE_TEACHER)) {
            UUID account = accountOf(me, worker);
            Wearer.Grant grant = grantOf(school, Role.SERVICE_TEACHER, null, null);
            accounts.grant(account, grant, me.account());
            audit.record(school, "roster.role_granted", "account", account, facts(grant));
        }
        return Outcome.done(staff);
    }

    /** Prepares a slip; makes the account and the roles that the school's lists speak of, where there are none yet. */
    @Transactional
    public void invite(Wearer me, List<UUID> keys) {
        store.waitForTurn(me.school());
        for (UUID key : keys) {
            RolesStore.Worker worker = find(me.school(), key);
            UUID account = accountOf(me, worker);
            Role role = worker.held().isEmpty() ? usual(worker.kind()) : worker.held().getFirst().role();
            UUID slip = invitations.admit(me.school(), account, role, me.account());
            audit.record(me.school(), "roster.staff_invited", "account", account, Map.of("slip", slip));
        }
    }

    /** Somebody on no list: a parent of the supervision group, a volunteer. Gets an account and no role yet. */
    @Transactional
    public Outcome<UUID> add(Wearer me, String typed, Role role) {
        String name = PersonName.clean(typed);
        if (!PersonName.good(name)) return Outcome.refused(new Refusal.Simple("roster.roles.refused.name", "name", List.of(PersonName.LONGEST)));
        if (role.hat() != Hat.STAFF || role == Role.CLASS_TEACHER || role == Role.GRADE_HEAD) throw new NotFound();
        UUID account = accounts.add(null, name, null);
        Wearer.Grant grant = grantOf(me.school(), role, null, null);
        accounts.grant(account, grant, me.account());
        invitations.admit(me.school(), account, role, me.account());
        audit.record(me.school(), "roster.role_granted", "account", account, facts(grant));
        return Outcome.done(account);
    }

    private UUID accountOf(Wearer me, RolesStore.Worker worker) {
        if (worker.account() != null) return worker.account();
        UUID school = me.school();
        UUID staff = java.util.Objects.requireNonNull(worker.staff());
        UUID account = accounts.add(null, worker.name(), null);
        store.link(school, staff, account);
        accounts.grant(account, grantOf(school, usual(worker.kind()), null, null), me.account());
        for (UUID klass : store.classesOf(school, staff)) accounts.grant(account, grantOf(school, Role.CLASS_TEACHER, klass, null), me.account());
        audit.record(school, "roster.account_prepared", "account", account, Map.of("staff", staff));
        return account;
    }

    /** What everybody of a kind may do. An office role is never given by a list: it is given by a person. */
    private static Role usual(String kind) {
        return kind.equals("guard") ? Role.GUARD : Role.SERVICE_TEACHER;
    }

    private RolesStore.Worker find(UUID school, UUID key) {
        return store.one(school, key).orElseThrow(NotFound::new);
    }

    private static Wearer.Grant grantOf(UUID school, Role role, @Nullable UUID klass, @Nullable Integer grade) {
        return new Wearer.Grant(role, school, role == Role.CLASS_TEACHER ? klass : null, role == Role.GRADE_HEAD ? grade : null, null, null);
    }

    private static Map<String, Object> facts(Wearer.Grant grant) {
        Map<String, Object> facts = new HashMap<>(Map.of("role", grant.role().name()));
        if (grant.klass() != null) facts.put("class", grant.klass());
        if (grant.grade() != null) facts.put("grade", grant.grade());
        return facts;
    }
}
