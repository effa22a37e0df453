package afterbell.base.roster.roles;

import afterbell.base.shared.access.Role;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RolesStore {
    private final JdbcClient sql;

    RolesStore(JdbcClient sql) {
        this.sql = sql;
    }

    record Held(Role role, @Nullable UUID klass, @Nullable Integer grade, Instant since) {}

    /** A person of the school: on its list of staff, with roles, or both. */
    record Worker(UUID key, @Nullable UUID staff, @Nullable UUID account, String name, String code, String kind, String search, List<Held> held) {}

    List<Worker> all(UUID school) {
        Map<UUID, Worker> found = new LinkedHashMap<>();
        sql.sql("""
                select coalesce(s.staff_id, g.account_id), s.staff_id, coalesce(s.account_id, g.account_id), coalesce(s.name, g.name), coalesce(s.code, ''), coalesce(s.kind, ''),
                       coalesce(s.search, ''), g.role, g.class_id, g.grade, g.granted_at
                from (select staff_id, account_id, name, code, kind, search, initials from roster.staff where school_id = :s and left_on is null) s
                full join (select account_id, name, role, class_id, grade, granted_at from identity.pub_grant where school_id = :s and pupil_id is null) g on g.account_id = s.account_id
                order by s.initials is null, s.initials, 1, g.granted_at
                """)
                .param("s", school)
                .query(r -> {
                    UUID key = r.getObject(1, UUID.class);
                    Worker worker = found.get(key);
                    if (worker == null) {
                        worker = new Worker(key, r.getObject(2, UUID.class), r.getObject(3, UUID.class), r.getString(4), r.getString(5), r.getString(6), r.getString(7), new ArrayList<>());
                        found.put(key, worker);
                    }
                    if (r.getString(8) != null) worker.held().add(new Held(Role.valueOf(r.getString(8)), r.getObject(9, UUID.class), r.getObject(10, Integer.class), r.getTimestamp(11).toInstant()));
                });
        return List.copyOf(found.values());
    }

    Optional<Worker> one(UUID school, UUID key) {
        return all(school).stream().filter(w -> w.key().equals(key)).findFirst();
    }

    void link(UUID school, UUID staff, UUID account) {
        sql.sql("update roster.staff set account_id = :a where school_id = :s and staff_id = :t and account_id is null").param("a", account).param("s", school).param("t", staff).update();
    }

    List<UUID> classesOf(UUID school, UUID staff) {
        return sql.sql("select class_id from roster.class_teacher join roster.pub_class using (school_id, class_id) where school_id = :s and staff_id = :t").param("s", school).param("t", staff).query(UUID.class).list();
    }

    /** Leads a class where nobody does, else stands in. */
    void addClass(UUID school, UUID klass, UUID staff) {
        sql.sql("""
                insert into roster.class_teacher (school_id, class_id, staff_id, deputy)
                select :s, :c, :t, exists (select 1 from roster.class_teacher where school_id = :s and class_id = :c and not deputy)
                on conflict (school_id, class_id, staff_id) do nothing
                """)
                .param("s", school)
                .param("c", klass)
                .param("t", staff)
                .update();
    }

    void removeClass(UUID school, @Nullable UUID klass, UUID staff) {
        sql.sql("delete from roster.class_teacher where school_id = :s and class_id = :c and staff_id = :t").param("s", school).param("c", klass, Types.OTHER).param("t", staff).update();
    }

    /** One change of roles at a time in a school, so that two people can't take the last office from each other. */
    void waitForTurn(UUID school) {
        sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "roles/" + school).query((r, n) -> 0).single();
    }

    long offices(UUID school) {
        return sql.sql("select count(*) from identity.pub_grant where school_id = :s and role = 'OFFICE'").param("s", school).query(Long.class).single();
    }
}
