package afterbell.base.identity.inviting;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.CourtLimits;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.KinRequests;
import afterbell.base.identity.PupilNames;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The class teacher's one tap. Deciding twice changes nothing. */
@Component
class Decide {
    private final FamiliesStore store;
    private final PupilNames pupils;
    private final Accounts accounts;
    private final KinRequests kin;
    private final FamilyBook book;
    private final CourtLimits limits;
    private final Audit audit;

    Decide(FamiliesStore store, PupilNames pupils, Accounts accounts, KinRequests kin, FamilyBook book, CourtLimits limits, Audit audit) {
        this.store = store;
        this.pupils = pupils;
        this.accounts = accounts;
        this.kin = kin;
        this.book = book;
        this.limits = limits;
        this.audit = audit;
    }

    /** What the class teacher's tap came to. */
    enum Approved {
        ENTERED("identity.families.approved"),
        GUARDIAN_ASKED("identity.families.passed"),
        WAITS_FOR_A_GUARDIAN("identity.families.passed_alone");

        private final String messageKey;

        Approved(String messageKey) {
            this.messageKey = messageKey;
        }

        String messageKey() {
            return messageKey;
        }
    }

    @Transactional
    Outcome<Approved> approve(Wearer me, UUID klass, UUID request, UUID pupil) {
        UUID school = me.school();
        if (pupils.ofClass(school, klass).stream().noneMatch(p -> p.pupil().equals(pupil))) throw new NotFound();
        if (!me.is(Role.OFFICE) && limits.any(school, pupil)) return Outcome.refused(new AtTheOffice());
        Optional<FamiliesStore.Request> asking = store.requests(school, klass).stream().filter(r -> r.id().equals(request)).findFirst();
        if (asking.filter(a -> limits.hits(school, pupil, a.account(), null)).isPresent()) return Outcome.refused(new AtTheOffice());
        store.decide(school, klass, request, "approved", Optional.of(pupil), me.account()).ifPresent(r -> {
            // A carer is a guardian's to let in: whoever helps never becomes a child's only grown-up.
            if (r.role() != Role.GUARDIAN) {
                kin.askGuardians(school, pupil, klass, r.account(), r.role(), r.relation(), me.account());
                return;
            }
            accounts.grant(r.account(), new Wearer.Grant(r.role(), school, null, null, pupil, null), r.relation(), me.account());
            book.entered(school, pupil, r.account(), r.role(), r.relation(), r.name(), null);
            audit.record(school, "identity.entry_approved", "pupil", pupil, Map.of("account", r.account(), "request", request, "role", r.role().name()));
        });
        if (asking.filter(a -> a.role() != Role.GUARDIAN).isEmpty()) return Outcome.done(Approved.ENTERED);
        boolean guarded = store.adults(school, List.of(pupil)).getOrDefault(pupil, List.of()).stream().anyMatch(a -> a.role() == Role.GUARDIAN);
        return Outcome.done(guarded ? Approved.GUARDIAN_ASKED : Approved.WAITS_FOR_A_GUARDIAN);
    }

    @Transactional
    void decline(Wearer me, UUID klass, UUID request) {
        store.decide(me.school(), klass, request, "declined", Optional.empty(), me.account())
                .ifPresent(r -> audit.record(me.school(), "identity.entry_declined", "account", r.account(), Map.of("request", request, "class", klass)));
    }
}
