package afterbell.base.roster;

import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.Relation;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.web.Screen;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The grown-ups of children, as the school's lists and the families themselves tell. */
@Component
@Transactional(readOnly = true)
class FamilyStore implements FamilyBook {
    private final JdbcClient sql;
    private final Ids ids;
    private final Clock clock;

    FamilyStore(JdbcClient sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<Adult> adults(UUID school, UUID pupil) {
        return sql.sql("""
                select r.adult_id, r.account_id, r.name, upper(r.kind) as role, r.label from roster.pub_relation r
                where r.school_id = :s and r.pupil_id = :p and r.kind <> 'emergency' order by array_position(array['guardian', 'carer', 'collector'], r.kind), r.adult_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Adult(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3), Role.valueOf(r.getString(4)), r.getString(5)))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void entered(UUID school, UUID pupil, UUID account, Role role, Relation relation, String name, @Nullable UUID adult) {
        UUID person = adult == null ? known(school, account) : adult;
        if (person == null) {
            person = ids.next();
            sql.sql("insert into roster.adult (school_id, adult_id, account_id, name) values (:s, :id, :account, :name)")
                    .param("s", school)
                    .param("id", person)
                    .param("account", account)
                    .param("name", name)
                    .update();
        } else {
            sql.sql("update roster.adult set account_id = :account where school_id = :s and adult_id = :id").param("account", account).param("s", school).param("id", person).update();
        }
        sql.sql("""
                insert into roster.relation (school_id, pupil_id, adult_id, kind, label, since) values (:s, :p, :a, :kind, :label, :today)
                on conflict (school_id, pupil_id, adult_id) do update set kind = excluded.kind, label = excluded.label, until = null
                """)
                .param("s", school)
                .param("p", pupil)
                .param("a", person)
                .param("kind", role.name().toLowerCase(Locale.ROOT))
                .param("label", relation.code())
                .param("today", today())
                .update();
    }

    /** Somebody who entered for another child of the school before. */
    private @Nullable UUID known(UUID school, UUID account) {
        return sql.sql("select adult_id from roster.adult where school_id = :s and account_id = :a order by adult_id limit 1")
                .param("s", school)
                .param("a", account)
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void left(UUID school, UUID pupil, UUID account) {
        sql.sql("""
                update roster.relation r set until = :today from roster.adult a
                where r.school_id = :s and r.pupil_id = :p and r.until is null and a.school_id = r.school_id and a.adult_id = r.adult_id and a.account_id = :account
                """)
                .param("today", today())
                .param("s", school)
                .param("p", pupil)
                .param("account", account)
                .update();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }
}
