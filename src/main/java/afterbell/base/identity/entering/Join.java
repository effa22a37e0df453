package afterbell.base.identity.entering;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Accounts;
import afterbell.base.identity.Invitations;
import afterbell.base.identity.PersonName;
import afterbell.base.identity.Relation;
import afterbell.base.shared.Ids;
import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Person;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.crypto.PersonalData;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks the class teacher: an account that may do nothing, and a request that names child and relation. The child's name is sealed until it is decided. */
@Component
class Join {
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Accounts accounts;
    private final PersonalData personal;
    private final Ids ids;
    private final Clock clock;
    private final Audit audit;

    Join(JdbcClient sql, TransactionTemplate transactions, Accounts accounts, PersonalData personal, Ids ids, Clock clock, Audit audit) {
        this.sql = sql;
        this.transactions = transactions;
        this.accounts = accounts;
        this.personal = personal;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
    }

    /** As typed. */
    record Asked(String child, String name, @Nullable Relation relation, boolean guardian) {}

    Outcome<UUID> ask(Invitations.ClassCode code, @Nullable Person person, Asked asked) {
        List<Refusal> refusals = new ArrayList<>();
        String child = PersonName.clean(asked.child());
        if (!PersonName.good(child)) refusals.add(new Refusal.Simple("identity.join.child_missing", "child", List.of(PersonName.LONGEST)));
        refusals.addAll(faults(person == null ? asked.name() : person.name(), asked.relation()));
        Relation relation = asked.relation();
        if (!refusals.isEmpty() || relation == null) return Outcome.refused(refusals);
        return Scopes.within(Scope.school(code.school(), person == null ? null : person.account()), () -> transactions.execute(t -> {
            UUID account = person == null ? accounts.add(null, PersonName.clean(asked.name()), null) : person.account();
            put(code, account, child, relation, asked.guardian() ? Role.GUARDIAN : Role.CARER);
            audit.record(code.school(), "identity.entry_asked", "account", account, Map.of("class", code.klass()));
            return Outcome.done(account);
        }));
    }

    private void put(Invitations.ClassCode code, UUID account, String child, Relation relation, Role role) {
        byte[] key = personal.newKey();
        sql.sql("""
                insert into identity.entry_request (school_id, request_id, class_id, account_id, relation, role, person_key, child_cipher, asked_at, state)
                values (:s, :id, :c, :a, :relation, :role, :key, :cipher, :now, 'asked')
                on conflict (school_id, class_id, account_id) where state = 'asked'
                do update set relation = excluded.relation, role = excluded.role, person_key = excluded.person_key, child_cipher = excluded.child_cipher, asked_at = excluded.asked_at
                """)
                .param("s", code.school())
                .param("id", ids.next())
                .param("c", code.klass())
                .param("a", account)
                .param("relation", relation.code())
                .param("role", role.name())
                .param("key", key)
                .param("cipher", personal.seal(key, child))
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    static List<Refusal> faults(String name, @Nullable Relation relation) {
        List<Refusal> faults = new ArrayList<>();
        if (!PersonName.good(PersonName.clean(name))) faults.add(new Refusal.Simple("identity.join.name_missing", "name", List.of(PersonName.LONGEST)));
        if (relation == null) faults.add(new Refusal.Simple("identity.join.relation_missing", "relation", List.of()));
        return faults;
    }

    /**
     * What became of a person's requests, newest first.
     *
     * @param role what the person asked to be
     * @param invited came by a guardian's invitation
     */
    record Mine(UUID school, UUID klass, Role role, boolean invited, String state) {}

    List<Mine> mine(UUID account) {
        List<Mine> all = transactions.execute(t -> sql.sql("""
                select school_id, class_id, role, false, state, asked_at, request_id from identity.entry_request e
                where account_id = :a and not exists (select 1 from identity.kin_request k where k.school_id = e.school_id and k.account_id = e.account_id and k.pupil_id = e.pupil_id)
                union all
                select school_id, class_id, role, true, state, asked_at, request_id from identity.kin_request where account_id = :a
                order by asked_at desc, request_id limit 20
                """)
                .param("a", account)
                .query((r, n) -> new Mine(r.getObject(1, UUID.class), r.getObject(2, UUID.class), Role.valueOf(r.getString(3)), r.getBoolean(4), r.getString(5)))
                .list());
        return all == null ? List.of() : all;
    }
}
