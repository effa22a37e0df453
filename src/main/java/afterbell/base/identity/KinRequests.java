package afterbell.base.identity;

import afterbell.base.audit.Audit;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.access.Wearer;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * People whom a guardian invited and who have opened their link. A link may have been forwarded, so nobody is let in by it alone: a second guardian waits
 * for the class teacher's tap, an entrusted carer or a collector for the tap of a guardian, however the person came.
 */
@Component
public class KinRequests {
    private static final List<Role> FAMILY = List.of(Role.GUARDIAN, Role.CARER, Role.COLLECTOR);
    private static final String REQUEST =
            """
            select r.request_id, r.pupil_id, r.class_id, r.account_id, a.name, r.role, r.relation, r.asked_at
            from identity.kin_request r join identity.account a using (account_id)
            where r.state = 'asked' and""";

    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Accounts accounts;
    private final CourtLimits limits;
    private final FamilyBook book;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    KinRequests(JdbcClient sql, TransactionTemplate transactions, Accounts accounts, CourtLimits limits, FamilyBook book, Audit audit, Ids ids, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.accounts = accounts;
        this.limits = limits;
        this.book = book;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody who waits. */
    public record Waiting(UUID request, UUID pupil, UUID klass, UUID account, String name, Role role, Relation relation, Instant askedAt) {}

    /** Somebody opened an invitation; runs in the transaction and school scope of the entry. */
    @Transactional
    public void ask(Invitations.Found slip, UUID pupil, UUID klass, UUID account, Relation relation, UUID invitedBy) {
        put(slip.school(), slip.slip(), pupil, klass, account, slip.role(), relation, invitedBy);
        audit.record(slip.school(), "identity.invitation_opened", "pupil", pupil, Map.of("account", account, "slip", slip.slip(), "role", slip.role().name()));
    }

    /**
     * Somebody who came by the class code helps with a child. The class teacher has said which child it is; a guardian of the child says yes. Where no
     * guardian has entered yet, the request waits for the first one: a child's first grown-up is a guardian. Runs under the school's scope.
     */
    @Transactional
    public void askGuardians(UUID school, UUID pupil, UUID klass, UUID account, Role role, Relation relation, UUID by) {
        if (put(school, null, pupil, klass, account, role, relation, by) > 0)
            audit.record(school, "identity.carer_passed_on", "pupil", pupil, Map.of("account", account, "role", role.name()));
    }

    private int put(UUID school, @Nullable UUID slip, UUID pupil, UUID klass, UUID account, Role role, Relation relation, UUID by) {
        return sql.sql("""
                insert into identity.kin_request (school_id, request_id, pupil_id, class_id, slip_id, account_id, role, relation, invited_by, asked_at, state)
                values (:s, :id, :p, :c, :slip, :a, :role, :relation, :by, :now, 'asked')
                on conflict do nothing
                """)
                .param("s", school)
                .param("id", ids.next())
                .param("p", pupil)
                .param("c", klass)
                .param("slip", slip, Types.OTHER)
                .param("a", account)
                .param("role", role.name())
                .param("relation", relation.code())
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    /** Whoever waits for these children, as far as the scope shows them. */
    @Transactional(readOnly = true)
    public List<Waiting> ofChildren(Collection<UUID> children) {
        if (children.isEmpty()) return List.of();
        return sql.sql(REQUEST + " r.pupil_id in (:p) order by r.asked_at, r.request_id limit 50").param("p", children).query(waiting()).list();
    }

    /** Second guardians who wait for the class teacher. */
    @Transactional(readOnly = true)
    public List<Waiting> ofClass(UUID school, UUID klass) {
        return sql.sql(REQUEST + " r.school_id = :s and r.class_id = :c and r.role = 'GUARDIAN' order by r.asked_at, r.request_id limit 50").param("s", school).param("c", klass).query(waiting()).list();
    }

    private static RowMapper<Waiting> waiting() {
        return (r, n) -> new Waiting(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                r.getObject(3, UUID.class),
                r.getObject(4, UUID.class),
                r.getString(5),
                Role.valueOf(r.getString(6)),
                Relation.of(r.getString(7)).orElse(Relation.OTHER),
                r.getTimestamp(8).toInstant());
    }

    /**
     * The one tap. Deciding twice changes nothing.
     *
     * @param pupil whose request it must be
     * @param mayConfirm what the deciding person may let in: a class teacher guardians, a guardian carers and collectors
     * @param office whether the office decides: it alone may where a court has spoken
     */
    public Outcome<UUID> approve(UUID school, UUID pupil, UUID request, UUID by, Set<Role> mayConfirm, boolean office) {
        return asSchool(school, by, () -> {
            Waiting who = find(school, pupil, request, mayConfirm);
            if (limits.hits(school, pupil, who.account(), null) || (!office && who.role() == Role.GUARDIAN && limits.any(school, pupil))) return Outcome.refused(new AtTheOffice());
            if (!decide(school, request, "approved", by)) return Outcome.done(request);
            // A guardian who opened a link for a carer stays what the person is.
            if (who.role() != Role.GUARDIAN && holds(school, pupil, who.account())) return Outcome.done(request);
            for (Role role : FAMILY) if (role != who.role()) accounts.revoke(who.account(), new Wearer.Grant(role, school, null, null, pupil, null));
            accounts.grant(who.account(), new Wearer.Grant(who.role(), school, null, null, pupil, null), who.relation(), by);
            book.entered(school, pupil, who.account(), who.role(), who.relation(), who.name(), null);
            audit.record(school, "identity.person_confirmed", "pupil", pupil, Map.of("account", who.account(), "request", request, "role", who.role().name()));
            return Outcome.done(request);
        });
    }

    public void decline(UUID school, UUID pupil, UUID request, UUID by, Set<Role> mayConfirm) {
        asSchool(school, by, () -> {
            Waiting who = find(school, pupil, request, mayConfirm);
            if (decide(school, request, "declined", by)) audit.record(school, "identity.person_declined", "pupil", pupil, Map.of("account", who.account(), "request", request, "role", who.role().name()));
            return Outcome.done(request);
        });
    }

    private Waiting find(UUID school, UUID pupil, UUID request, Set<Role> mayConfirm) {
        Optional<Waiting> found = sql.sql(REQUEST.replace("r.state = 'asked' and", "") + " r.school_id = :s and r.pupil_id = :p and r.request_id = :id")
                .param("s", school)
                .param("p", pupil)
                .param("id", request)
                .query(waiting())
                .optional();
        return found.filter(w -> mayConfirm.contains(w.role())).orElseThrow(NotFound::new);
    }

    private boolean holds(UUID school, UUID pupil, UUID account) {
        return sql.sql("select exists (select 1 from identity.role_grant where school_id = :s and pupil_id = :p and account_id = :a and role = 'GUARDIAN')")
                .param("s", school)
                .param("p", pupil)
                .param("a", account)
                .query(Boolean.class)
                .single();
    }

    private boolean decide(UUID school, UUID request, String state, UUID by) {
        return sql.sql("update identity.kin_request set state = :state, decided_by = :by, decided_at = :now where school_id = :s and request_id = :id and state = 'asked'")
                        .param("state", state)
                        .param("by", by)
                        .param("now", Timestamp.from(clock.instant()))
                        .param("s", school)
                        .param("id", request)
                        .update()
                > 0;
    }

    // A family's own scope writes no roles: what a guardian may decide has been checked before, and the school carries it out.
    private Outcome<UUID> asSchool(UUID school, UUID by, java.util.function.Supplier<Outcome<UUID>> work) {
        return java.util.Objects.requireNonNull(Scopes.within(Scope.school(school, by), () -> transactions.execute(t -> work.get())));
    }
}
