package afterbell.base.identity.entering;

import afterbell.base.audit.Audit;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.CourtLimits;
import afterbell.base.identity.KinRequests;
import afterbell.base.identity.PupilNames;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.Relation;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Consumes a slip: whoever holds it acts for the child from now on. The slip is the proof, so the work runs for the school. A grown-up of the school's
 * list who had entered before is replaced by this phone for this one child: a slip of one child never opens another child's data.
 */
@Component
class Enter {
    private final Invitations invitations;
    private final Accounts accounts;
    private final FamilyBook book;
    private final CourtLimits limits;
    private final KinRequests requests;
    private final PupilNames pupils;
    private final Audit audit;
    private final TransactionTemplate transactions;

    Enter(Invitations invitations, Accounts accounts, FamilyBook book, CourtLimits limits, KinRequests requests, PupilNames pupils, Audit audit, TransactionTemplate transactions) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.book = book;
        this.limits = limits;
        this.requests = requests;
        this.pupils = pupils;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** Who says to hold the slip. */
    sealed interface Who {
        /** A grown-up of the school's list. */
        record Listed(UUID adult) implements Who {}

        /** Somebody the list doesn't have. */
        record Other(String name, @Nullable Relation relation, boolean guardian) implements Who {}
    }

    /** Somebody was faster, or the slip was replaced meanwhile: the page of the slip says so. */
    record SlipGone() implements Refusal {
        @Override
        public String messageKey() {
            return "identity.slip.gone";
        }
    }

    /** @param person who is signed in already on this phone, and enters for one more child */
    Outcome<UUID> enter(Invitations.Found slip, @Nullable Person person, Who who) {
        List<Refusal> refusals = slip.kind() == Invitations.Kind.ACCOUNT || !(who instanceof Who.Other other)
                ? List.of()
                : person == null ? Join.faults(other.name(), other.relation()) : slip.kind() == Invitations.Kind.PERSON ? Join.faults(person.name(), other.relation()) : List.of();
        if (!refusals.isEmpty()) return Outcome.refused(refusals);
        if (slip.state() == Invitations.State.USED && person != null && usedBy(slip).filter(person.account()::equals).isPresent()) return Outcome.done(person.account());
        if (slip.state() != Invitations.State.OPEN) return Outcome.refused(new SlipGone());
        if (slip.pupil() != null && mustComeBy(slip, slip.pupil(), person, who)) return Outcome.refused(new AtTheOffice());
        Optional<UUID> entered = switch (slip.kind()) {
            case ACCOUNT -> asAccount(slip, Objects.requireNonNull(slip.account()));
            case CHILD -> forChild(slip, Objects.requireNonNull(slip.pupil()), person, who);
            case PERSON -> waits(slip, Objects.requireNonNull(slip.pupil()), person, who);
        };
        return entered.map(Outcome::done).orElseGet(() -> Outcome.refused(new SlipGone()));
    }

    private Optional<UUID> usedBy(Invitations.Found slip) {
        return Scopes.within(Scope.school(slip.school(), null), () -> invitations.usedBy(slip.school(), slip.slip()));
    }

    private Optional<UUID> asAccount(Invitations.Found slip, UUID account) {
        return inSchool(slip.school(), account, () -> {
            if (!invitations.use(slip.school(), slip.slip(), account)) return Optional.empty();
            audit.record(slip.school(), "identity.entered_by_slip", "account", account, Map.of("slip", slip.slip()));
            return Optional.of(account);
        });
    }

    /**
     * Where a court has limited somebody, a printed slip admits only whom the school's list names and who hasn't entered before: the limited person could
     * else come in under a new name or another's. An invitation is decided by a person anyway.
     */
    private boolean mustComeBy(Invitations.Found slip, UUID pupil, @Nullable Person person, Who who) {
        UUID school = slip.school();
        UUID acting = person == null ? null : person.account();
        return inSchool(school, new UUID(0, 0), () -> {
                    if (!limits.any(school, pupil)) return Optional.of(false);
                    if (limits.hits(school, pupil, acting, null)) return Optional.of(true);
                    if (slip.kind() == Invitations.Kind.PERSON) return Optional.of(false);
                    Optional<FamilyBook.Adult> known = book.adults(school, pupil).stream()
                            .filter(a -> who instanceof Who.Listed(UUID adult) ? a.adult().equals(adult) : acting != null && acting.equals(a.account()))
                            .findFirst();
                    return Optional.of(known.isEmpty() || limits.hits(school, pupil, known.get().account(), known.get().adult()) || (known.get().account() != null && !known.get().account().equals(acting)));
                })
                .orElse(true);
    }

    /** Somebody whom a guardian invited: an account that may do nothing for this child until the class teacher or the guardian has tapped. */
    private Optional<UUID> waits(Invitations.Found slip, UUID pupil, @Nullable Person person, Who who) {
        if (!(who instanceof Who.Other other)) return Optional.empty();
        UUID school = slip.school();
        return inSchool(school, person == null ? new UUID(0, 0) : person.account(), () -> {
            Optional<PupilNames.Named> child = pupils.of(List.of(pupil)).stream().findFirst();
            if (child.isEmpty()) return Optional.empty();
            UUID account = person == null ? accounts.add(null, PersonName.clean(other.name()), null) : person.account();
            if (!invitations.use(school, slip.slip(), account)) throw new Lost();
            requests.ask(slip, pupil, child.get().klass(), account, other.relation() == null ? Relation.OTHER : other.relation(), invitations.madeBy(school, slip.slip()));
            return Optional.of(account);
        });
    }

    private Optional<UUID> forChild(Invitations.Found slip, UUID pupil, @Nullable Person person, Who who) {
        UUID school = slip.school();
        Optional<FamilyBook.Adult> listed = who instanceof Who.Listed l ? adult(school, pupil, l.adult()) : Optional.empty();
        String name = person != null ? person.name() : listed.map(FamilyBook.Adult::name).orElseGet(() -> who instanceof Who.Other o ? PersonName.clean(o.name()) : "");
        if (person == null && name.isEmpty()) return Optional.empty();
        Relation relation = listed.flatMap(a -> Relation.of(a.label().toLowerCase(java.util.Locale.ROOT))).orElse(who instanceof Who.Other o && o.relation() != null ? o.relation() : Relation.OTHER);
        Role role = listed.map(FamilyBook.Adult::role).orElse(who instanceof Who.Other o && !o.guardian() ? Role.CARER : Role.GUARDIAN);
        UUID acting = person == null ? new UUID(0, 0) : person.account();
        return inSchool(school, acting, () -> {
            UUID account = person == null ? accounts.add(null, name, null) : person.account();
            // The slip is taken after the account is made and before anything is granted: of two at once one finds it used, and all of it is undone.
            if (!invitations.use(school, slip.slip(), account)) throw new Lost();
            listed.map(FamilyBook.Adult::account).filter(old -> !old.equals(account)).ifPresent(old -> replaced(school, pupil, old));
            accounts.grant(account, new Wearer.Grant(role, school, null, null, pupil, null), relation, null);
            book.entered(school, pupil, account, role, relation, name, listed.map(FamilyBook.Adult::adult).orElse(null));
            audit.record(school, "identity.entered_by_slip", "pupil", pupil, Map.of("account", account, "slip", slip.slip(), "role", role.name()));
            return Optional.of(account);
        });
    }

    private Optional<FamilyBook.Adult> adult(UUID school, UUID pupil, UUID adult) {
        return inSchool(school, new UUID(0, 0), () -> book.adults(school, pupil).stream().filter(a -> a.adult().equals(adult)).findFirst());
    }

    private void replaced(UUID school, UUID pupil, UUID old) {
        for (Role role : List.of(Role.GUARDIAN, Role.CARER, Role.COLLECTOR)) accounts.revoke(old, new Wearer.Grant(role, school, null, null, pupil, null));
        audit.record(school, "identity.phone_replaced", "pupil", pupil, Map.of("account", old));
    }

    private <T> Optional<T> inSchool(UUID school, UUID account, java.util.function.Supplier<Optional<T>> work) {
        try {
            Optional<T> done = Scopes.within(Scope.school(school, account), () -> transactions.execute(t -> work.get()));
            return done == null ? Optional.empty() : done;
        } catch (Lost e) {
            return Optional.empty();
        }
    }

    /** Rolls the transaction back. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;

        Lost() {
            super("the slip is gone", null, false, false);
        }
    }

    /** The grown-ups to choose from on the page of a slip. */
    List<FamilyBook.Adult> listed(Invitations.Found slip) {
        UUID pupil = slip.pupil();
        if (slip.kind() != Invitations.Kind.CHILD || pupil == null) return List.of();
        List<FamilyBook.Adult> all = Scopes.within(Scope.school(slip.school(), null), () -> transactions.execute(t -> new ArrayList<>(book.adults(slip.school(), pupil))));
        return all == null ? List.of() : all.stream().filter(a -> a.role() != Role.COLLECTOR).toList();
    }
}
