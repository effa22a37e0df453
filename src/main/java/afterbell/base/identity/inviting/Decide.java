package afterbell.base.identity.inviting;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.AtTheOffice;
import afterbell.base.identity.CourtLimits;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.PupilNames;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
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
    private final FamilyBook book;
    private final CourtLimits limits;
    private final Audit audit;

    Decide(FamiliesStore store, PupilNames pupils, Accounts accounts, FamilyBook book, CourtLimits limits, Audit audit) {
        this.store = store;
        this.pupils = pupils;
        this.accounts = accounts;
        this.book = book;
        this.limits = limits;
        this.audit = audit;
    }

    @Transactional
    Outcome<UUID> approve(Wearer me, UUID klass, UUID request, UUID pupil) {
        UUID school = me.school();
        if (pupils.ofClass(school, klass).stream().noneMatch(p -> p.pupil().equals(pupil))) throw new NotFound();
        if (!me.is(Role.OFFICE) && limits.any(school, pupil)) return Outcome.refused(new AtTheOffice());
        Optional<FamiliesStore.Request> asking = store.requests(school, klass).stream().filter(r -> r.id().equals(request)).findFirst();
        if (asking.filter(a -> limits.hits(school, pupil, a.account(), null)).isPresent()) return Outcome.refused(new AtTheOffice());
        // A carer is a guardian's to name, as soon as there is a guardian.
        boolean guarded = store.adults(school, List.of(pupil)).getOrDefault(pupil, List.of()).stream().anyMatch(a -> a.role() == Role.GUARDIAN);
        if (guarded && asking.filter(a -> a.role() != Role.GUARDIAN).isPresent()) return Outcome.refused(new Refusal.Simple("identity.families.carer"));
        store.decide(school, klass, request, "approved", Optional.of(pupil), me.account()).ifPresent(r -> {
            accounts.grant(r.account(), new Wearer.Grant(r.role(), school, null, null, pupil, null), r.relation(), me.account());
            book.entered(school, pupil, r.account(), r.role(), r.relation(), r.name(), null);
            audit.record(school, "identity.entry_approved", "pupil", pupil, Map.of("account", r.account(), "request", request, "role", r.role().name()));
        });
        return Outcome.done(request);
    }

    @Transactional
    void decline(Wearer me, UUID klass, UUID request) {
        store.decide(me.school(), klass, request, "declined", Optional.empty(), me.account())
                .ifPresent(r -> audit.record(me.school(), "identity.entry_declined", "account", r.account(), Map.of("request", request, "class", klass)));
    }
}
