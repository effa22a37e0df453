package afterbell.desk.desk.setup;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.desk.desk.MakeSchool;
import afterbell.desk.desk.SetupDoor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes bureau, school, campuses, grades and the first office account: the school wholly or not at all, and once. */
@Component
class SetUp {
    private final SetupDoor door;
    private final Schools schools;
    private final MakeSchool make;
    private final Accounts accounts;
    private final Audit audit;
    private final Ids ids;
    private final TransactionTemplate transactions;

    SetUp(SetupDoor door, Schools schools, MakeSchool make, Accounts accounts, Audit audit, Ids ids, TransactionTemplate transactions) {
        this.door = door;
        this.schools = schools;
        this.make = make;
        this.accounts = accounts;
        this.audit = audit;
        this.ids = ids;
        this.transactions = transactions;
    }

    /** @return the office account */
    Outcome<UUID> run(SetupForm form) {
        List<Refusal> no = SetupPolicy.refusals(form);
        if (!no.isEmpty()) return Outcome.refused(no);
        List<UUID> path = form.bureau().isEmpty() ? List.of() : List.of(bureau(form));
        UUID school = ids.next();
        Outcome<UUID> made = Scopes.within(Scope.school(school, null), () -> Objects.requireNonNull(transactions.execute(t -> {
            if (!door.openForOne()) return Outcome.refused(new Refusal.Simple("desk.setup.refused.done"));
            make.make(form.school(), school, path);
            return Outcome.done(office(form, school));
        })));
        if (made instanceof Outcome.Done<UUID> && form.officer()) officer(form, path.getFirst());
        return made;
    }

    // Bureaus are written under another hat than schools, so this is a transaction of its own; a bureau without a school harms nobody.
    private UUID bureau(SetupForm form) {
        UUID bureau = ids.next();
        Scopes.within(Scope.DOOR, () -> schools.addBureau(bureau, null, form.bureau(), form.school().region()));
        return bureau;
    }

    private UUID office(SetupForm form, UUID school) {
        UUID account = accounts.add(form.user(), form.name(), form.password());
        accounts.grant(account, new Wearer.Grant(Role.OFFICE, school, null, null, null, null), null);
        audit.record(school, "desk.set_up", "school", school, Map.of("account", account));
        return account;
    }

    private void officer(SetupForm form, UUID bureau) {
        Scopes.within(Scope.bureau(bureau, new UUID(0, 0)), () -> transactions.executeWithoutResult(t -> {
            UUID account = accounts.add(form.officerUser(), form.officerName(), form.officerPassword());
            accounts.grant(account, new Wearer.Grant(Role.BUREAU, null, null, null, null, bureau), null);
            audit.recordBureau("desk.officer_added", "account", account, Map.of());
        }));
    }
}
