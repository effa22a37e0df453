package afterbell.base.roster.siblings;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class SiblingStore {
    private final JdbcClient sql;

    SiblingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Children about whom nobody needs to be asked.
     *
     * @param account whose own answers count
     * @return the children that the person answered about, or that stand with another of them in one family already
     */
    Set<UUID> settled(UUID account, Collection<UUID> children) {
        return new HashSet<>(sql.sql("""
                select pupil_id from roster.sibling_answer where account_id = :a and pupil_id in (:p)
                union
                select m.pupil_id from roster.pub_sibling m join roster.pub_sibling o on o.school_id = m.school_id and o.family_id = m.family_id and o.pupil_id <> m.pupil_id
                where m.pupil_id in (:p) and o.pupil_id in (:p)
                """)
                .param("a", account)
                .param("p", children)
                .query(UUID.class)
                .list());
    }

    /** Children of one school that stand with another of them in one family. */
    Set<UUID> together(Collection<UUID> children) {
        return new HashSet<>(sql.sql("""
                select m.pupil_id from roster.pub_sibling m join roster.pub_sibling o on o.school_id = m.school_id and o.family_id = m.family_id and o.pupil_id <> m.pupil_id
                where m.pupil_id in (:p) and o.pupil_id in (:p)
                """)
                .param("p", children)
                .query(UUID.class)
                .list());
    }

    /** The families in which children stand already. */
    List<UUID> families(UUID school, Collection<UUID> children) {
        return sql.sql("select distinct family_id from roster.sibling where school_id = :s and pupil_id in (:p) order by family_id").param("s", school).param("p", children).query(UUID.class).list();
    }

    void put(UUID school, UUID family, Collection<UUID> children) {
        sql.sql("""
                insert into roster.sibling (school_id, pupil_id, family_id) select :s, p, :f from unnest(:p::uuid[]) as u(p) order by p
                on conflict (school_id, pupil_id) do update set family_id = excluded.family_id
                """)
                .param("s", school)
                .param("f", family)
                .param("p", children.toArray(UUID[]::new))
                .update();
    }

    void apart(UUID school, Collection<UUID> children) {
        if (children.isEmpty()) return;
        sql.sql("delete from roster.sibling where school_id = :s and pupil_id in (:p)").param("s", school).param("p", children).update();
    }

    void answered(UUID school, UUID account, Collection<UUID> children, Instant at) {
        sql.sql("""
                insert into roster.sibling_answer (school_id, account_id, pupil_id, answered_at) select :s, :a, p, :at from unnest(:p::uuid[]) as u(p)
                on conflict (school_id, account_id, pupil_id) do update set answered_at = excluded.answered_at
                """)
                .param("s", school)
                .param("a", account)
                .param("at", Timestamp.from(at))
                .param("p", children.toArray(UUID[]::new))
                .update();
    }
}
