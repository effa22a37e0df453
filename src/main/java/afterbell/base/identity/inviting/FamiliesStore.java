package afterbell.base.identity.inviting;

import afterbell.base.identity.Relation;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.crypto.PersonalData;
import java.time.Clock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class FamiliesStore {
    private final JdbcClient sql;
    private final PersonalData personal;
    private final Clock clock;

    FamiliesStore(JdbcClient sql, PersonalData personal, Clock clock) {
        this.sql = sql;
        this.personal = personal;
        this.clock = clock;
    }

    /** Somebody who acts for a child. */
    record Adult(UUID pupil, String name, Role role, Optional<Relation> relation) {}

    /** A family that waits; the child as it was typed. */
    record Request(UUID id, UUID account, String name, Relation relation, Role role, String child, Instant askedAt) {}

    Map<UUID, List<Adult>> adults(UUID school, Collection<UUID> pupils) {
        if (pupils.isEmpty()) return Map.of();
        return sql.sql("select pupil_id, name, role, relation from identity.pub_grant where school_id = :s and pupil_id in (:p) order by granted_at, account_id")
                .param("s", school)
                .param("p", pupils)
                .query((r, n) -> new Adult(r.getObject(1, UUID.class), r.getString(2), Role.valueOf(r.getString(3)), Optional.ofNullable(r.getString(4)).flatMap(Relation::of)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Adult::pupil));
    }

    List<Request> requests(UUID school, UUID klass) {
        return sql.sql("""
                select r.request_id, r.account_id, a.name, r.relation, r.role, r.person_key, r.child_cipher, r.asked_at
                from identity.entry_request r join identity.account a using (account_id)
                where r.school_id = :s and r.class_id = :c and r.state = 'asked'
                order by r.asked_at, r.request_id
                limit 100
                """)
                .param("s", school)
                .param("c", klass)
                .query((r, n) -> new Request(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getString(3),
                        Relation.of(r.getString(4)).orElse(Relation.OTHER),
                        Role.valueOf(r.getString(5)),
                        personal.open(r.getBytes(6), r.getBytes(7)),
                        r.getTimestamp(8).toInstant()))
                .list();
    }

    Map<UUID, Long> waiting(UUID school) {
        return sql.sql("select class_id, count(*) from identity.entry_request where school_id = :s and state = 'asked' group by class_id")
                .param("s", school)
                .query((r, n) -> Map.entry(r.getObject(1, UUID.class), r.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Decides an open request and erases what the family typed; empty where it is decided already. */
    Optional<Request> decide(UUID school, UUID klass, UUID request, String state, Optional<UUID> pupil, UUID by) {
        return sql.sql("""
                with decided as (
                    update identity.entry_request set state = :state, pupil_id = :pupil, decided_by = :by, decided_at = :now, person_key = null, child_cipher = null
                    where school_id = :s and class_id = :c and request_id = :id and state = 'asked'
                    returning request_id, account_id, relation, role, asked_at)
                select d.request_id, d.account_id, a.name, d.relation, d.role, d.asked_at from decided d join identity.account a using (account_id)
                """)
                .param("state", state)
                .param("pupil", pupil.orElse(null), java.sql.Types.OTHER)
                .param("by", by)
                .param("now", Timestamp.from(clock.instant()))
                .param("s", school)
                .param("c", klass)
                .param("id", request)
                .query((r, n) -> new Request(
                        r.getObject(1, UUID.class),
                        r.getObject(2, UUID.class),
                        r.getString(3),
                        Relation.of(r.getString(4)).orElse(Relation.OTHER),
                        Role.valueOf(r.getString(5)),
                        "",
                        r.getTimestamp(6).toInstant()))
                .optional();
    }
}
