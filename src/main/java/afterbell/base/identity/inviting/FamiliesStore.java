package afterbell.base.identity.inviting;

import afterbell.base.identity.Relation;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.crypto.PersonalData;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import java.time.Clock;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class FamiliesStore {
    private final JdbcClient sql;
    private final Questions questions;
    private final PersonalData personal;
    private final Clock clock;

    FamiliesStore(JdbcClient sql, Questions questions, PersonalData personal, Clock clock) {
        this.sql = sql;
        this.questions = questions;
        this.personal = personal;
        this.clock = clock;
    }

    /** Somebody who acts for a child. */
    record Adult(UUID pupil, String name, Role role, @Nullable Relation relation) {}

    /** A family that waits; the child as it was typed. */
    record Request(UUID id, UUID account, String name, Relation relation, Role role, String child, Instant askedAt) {}

    static Question<Adult> adultsOf(UUID school, Collection<UUID> pupils) {
        return new Question<>(
                Adult.class,
                "select pupil_id as pupil, name, role, relation from identity.pub_grant where school_id = :s and pupil_id = any(:p) order by granted_at, account_id",
                Map.of("s", school, "p", pupils.toArray(UUID[]::new)));
    }

    Map<UUID, List<Adult>> adults(UUID school, Collection<UUID> pupils) {
        return questions.ask(adultsOf(school, pupils)).stream().collect(Collectors.groupingBy(Adult::pupil));
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

    /** Requests of a class that wait for its teacher: families that ask to enter, and second guardians. */
    record Waiting(UUID klass, long requests) {}

    static Question<Waiting> waitingOf(UUID school) {
        return new Question<>(
                Waiting.class,
                """
                select class_id as klass, count(*) as requests
                from (select class_id from identity.entry_request where school_id = :s and state = 'asked'
                      union all select class_id from identity.kin_request where school_id = :s and state = 'asked' and role = 'GUARDIAN') r
                group by class_id order by class_id
                """,
                Map.of("s", school));
    }

    Map<UUID, Long> waiting(UUID school) {
        return questions.ask(waitingOf(school)).stream().collect(Collectors.toMap(Waiting::klass, Waiting::requests));
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
