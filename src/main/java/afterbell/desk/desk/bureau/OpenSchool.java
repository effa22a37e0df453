package afterbell.desk.desk.bureau;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.PersonName;
import afterbell.base.schools.Schools;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import afterbell.desk.desk.MakeSchool;
import afterbell.desk.desk.NewSchool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A bureau opens a school: the school with its grades, an office account and the link that admits to it, all or nothing. The bureau never sets a password
 * and gets no role at the school; once somebody of the school has come in, it makes no link any more.
 */
@Component
class OpenSchool {
    private final Schools schools;
    private final MakeSchool make;
    private final Accounts accounts;
    private final Invitations invitations;
    private final CommandKeys commands;
    private final Audit audit;
    private final Ids ids;
    private final TransactionTemplate transactions;

    OpenSchool(Schools schools, MakeSchool make, Accounts accounts, Invitations invitations, CommandKeys commands, Audit audit, Ids ids, TransactionTemplate transactions) {
        this.schools = schools;
        this.make = make;
        this.accounts = accounts;
        this.invitations = invitations;
        this.commands = commands;
        this.audit = audit;
        this.ids = ids;
        this.transactions = transactions;
    }

    /** @return the new school */
    Outcome<UUID> open(Wearer me, NewSchool form, String typed, UUID key) {
        UUID bureau = Objects.requireNonNull(me.scope().bureau());
        String person = PersonName.clean(typed);
        List<Refusal> no = new ArrayList<>(form.refusals());
        if (!PersonName.good(person)) no.add(new Refusal.Simple("desk.bureau.refused.person", "person", List.of(PersonName.LONGEST)));
        if (!no.isEmpty()) return Outcome.refused(no);
        List<UUID> path = in(() -> schools.path(bureau));
        AtomicBoolean fresh = new AtomicBoolean();
        try {
            Outcome<UUID> made = asSchool(ids.next(), me, school -> {
                String params = form + "/" + person;
                Optional<String> before = commands.kept(key, params);
                if (before.isPresent()) return Outcome.done(UUID.fromString(before.get()));
                if (schools.byCode(form.code()).isPresent()) return taken();
                make.make(form, school, path);
                UUID account = accounts.add(null, person, null);
                accounts.grant(account, new Wearer.Grant(Role.OFFICE, school, null, null, null, null), me.account());
                invitations.admit(school, account, Role.OFFICE, me.account());
                audit.record(school, "desk.school_opened", "school", school, Map.of("bureau", bureau));
                commands.once(key, params, school::toString);
                fresh.set(true);
                return Outcome.done(school);
            });
            // The school's record says it first, with the act; the bureau's own record follows under the bureau's scope.
            if (fresh.get() && made instanceof Outcome.Done<UUID>(UUID school)) own("desk.school_opened", school);
            return made;
        } catch (DuplicateKeyException e) {
            // Two bureaus took one code at the same moment.
            return taken();
        }
    }

    private void own(String action, UUID school) {
        in(() -> {
            audit.recordBureau(action, "school", school, Map.of());
            return true;
        });
    }

    private static Outcome<UUID> taken() {
        return Outcome.refused(new Refusal.Simple("desk.bureau.refused.code", "code", List.of()));
    }

    /** A new link where the first one ran out; none once somebody has come in. */
    void invite(Wearer me, UUID school) {
        boolean made = asSchool(school, me, s -> {
            if (invitations.anybodyEntered(s)) return false;
            invitations.openAccounts(s).keySet().stream().findFirst().or(() -> invitations.invited(s)).ifPresent(account -> {
                invitations.admit(s, account, Role.OFFICE, me.account());
                audit.record(s, "desk.school_invited", "school", s, Map.of("bureau", Objects.requireNonNull(me.scope().bureau())));
            });
            return true;
        });
        if (made) own("desk.school_invited", school);
    }

    /** The invitation that still waits, and whether anybody has come in. */
    Waiting waiting(Wearer me, UUID school) {
        return asSchool(school, me, s -> new Waiting(invitations.anybodyEntered(s), invitations.openAccounts(s).values().stream().filter(o -> o.by().equals(me.account())).findFirst()));
    }

    record Waiting(boolean entered, Optional<Invitations.Open> open) {}

    // The bureau has been asked before whether the school is its own; the school's own tables are written under the school's scope.
    private <T> T asSchool(UUID school, Wearer me, java.util.function.Function<UUID, T> work) {
        return Scopes.within(Scope.school(school, me.account()), () -> in(() -> work.apply(school)));
    }

    private <T> T in(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(t -> work.get()));
    }
}
