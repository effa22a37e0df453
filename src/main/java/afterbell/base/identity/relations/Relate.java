package afterbell.base.identity.relations;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.CourtLimits;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.Invitations;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.CommandKeys;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What a guardian may do about the other people of a child. Checked for the family first, then carried out for the school, which alone writes roles. */
@Component
class Relate {
    /** Enough for grandparents and neighbours; more open links than that are a mistake or a leak. */
    static final int MOST_OPEN = 6;

    private static final Set<Role> WITHDRAWABLE = Set.of(Role.CARER, Role.COLLECTOR);

    private final Invitations invitations;
    private final Accounts accounts;
    private final CourtLimits limits;
    private final FamilyBook book;
    private final CommandKeys keys;
    private final Audit audit;
    private final TransactionTemplate transactions;

    Relate(Invitations invitations, Accounts accounts, CourtLimits limits, FamilyBook book, CommandKeys keys, Audit audit, TransactionTemplate transactions) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.limits = limits;
        this.book = book;
        this.keys = keys;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** A one-time link for one more person. */
    Outcome<UUID> invite(Wearer me, UUID school, UUID child, Role role, UUID key) {
        return asSchool(school, me.account(), () -> {
            if (limits.hits(school, child, me.account(), null)) throw new NotFound();
            String params = "invite " + child + " " + role;
            if (keys.kept(key, params).isEmpty() && invitations.open(school, child).size() >= MOST_OPEN)
                return Outcome.refused(new Refusal.Simple("identity.people.too_many", "role", List.of(MOST_OPEN)));
            String slip = keys.once(key, params, () -> {
                UUID made = invitations.invite(school, child, role, me.account());
                audit.record(school, "identity.person_invited", "pupil", child, Map.of("slip", made, "role", role.name()));
                return made.toString();
            });
            return Outcome.done(UUID.fromString(slip));
        });
    }

    /** Takes an invitation back that nobody has opened. */
    void takeBack(Wearer me, UUID school, UUID child, UUID slip) {
        asSchool(school, me.account(), () -> {
            if (invitations.open(school, child).stream().anyMatch(o -> o.slip().equals(slip)) && invitations.takeBack(school, slip))
                audit.record(school, "identity.invitation_taken_back", "pupil", child, Map.of("slip", slip));
            return true;
        });
    }

    /** A carer or collector acts for the child no longer, from this moment. */
    boolean withdraw(Wearer me, UUID school, UUID child, UUID account) {
        return asSchool(school, me.account(), () -> {
            boolean gone = false;
            for (Role role : WITHDRAWABLE) gone |= accounts.revoke(account, new Wearer.Grant(role, school, null, null, child, null));
            if (!gone) return false;
            book.left(school, child, account);
            audit.record(school, "identity.person_withdrawn", "pupil", child, Map.of("account", account));
            return true;
        });
    }

    /** Guardians and carers of the school's list who have never entered. */
    List<String> listed(Wearer me, UUID school, UUID child) {
        return asSchool(school, me.account(), () -> book.adults(school, child).stream().filter(a -> a.account() == null && a.role() != Role.COLLECTOR).map(FamilyBook.Adult::name).toList());
    }

    private <T> T asSchool(UUID school, UUID account, Supplier<T> work) {
        return Objects.requireNonNull(Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> work.get())));
    }
}
