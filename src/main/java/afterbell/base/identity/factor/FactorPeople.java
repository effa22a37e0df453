package afterbell.base.identity.factor;

import afterbell.base.audit.Audit;
import afterbell.base.identity.Revocations;
import afterbell.base.identity.Sessions;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Second factors of a school's people: who has one, which roles are asked to, and taking back one that was lost. */
@Component
class FactorPeople {
    /** Roles that a school may ask; finance and bureau are asked always. */
    static final Set<Role> ASKABLE = EnumSet.of(Role.OFFICE, Role.PRINCIPAL, Role.DUTY_LEADER, Role.GRADE_HEAD, Role.CLASS_TEACHER, Role.SERVICE_TEACHER, Role.GUARD, Role.SUPERVISOR);

    /** Why a factor is taken back; nothing else may be written down (law 8). */
    enum Reason {
        LOST,
        NEW_PHONE,
        BROKEN;

        static Optional<Reason> of(String typed) {
            return Arrays.stream(values()).filter(r -> r.name().equals(typed)).findFirst();
        }
    }

    private final JdbcClient sql;
    private final Clock clock;
    private final Audit audit;
    private final Revocations revocations;
    private final Sessions sessions;

    FactorPeople(JdbcClient sql, Clock clock, Audit audit, Revocations revocations, Sessions sessions) {
        this.sql = sql;
        this.clock = clock;
        this.audit = audit;
        this.revocations = revocations;
        this.sessions = sessions;
    }

    @Transactional(readOnly = true)
    List<FactorPeoplePage.Row> people(Wearer me) {
        return sql.sql("select account_id, name, roles, since from identity.door_factor_people(:s)")
                .param("s", me.school())
                .query((r, n) -> new FactorPeoplePage.Row(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        List.of((String[]) r.getArray(3).getArray()),
                        r.getTimestamp(4) == null ? null : r.getTimestamp(4).toInstant(),
                        me.account().equals(r.getObject(1, UUID.class))))
                .list();
    }

    @Transactional(readOnly = true)
    List<String> asked(UUID school) {
        return sql.sql("select role from identity.strong_role where school_id = :s order by role").param("s", school).query(String.class).list();
    }

    @Transactional
    void ask(Wearer me, Collection<Role> roles) {
        UUID school = me.school();
        sql.sql("delete from identity.strong_role where school_id = :s").param("s", school).update();
        for (Role role : roles)
            sql.sql("insert into identity.strong_role (school_id, role, since, made_by) values (:s, :r, :now, :by)")
                    .param("s", school)
                    .param("r", role.name())
                    .param("now", Timestamp.from(clock.instant()))
                    .param("by", me.account())
                    .update();
        audit.record(school, "identity.factor_roles_set", "school", school, Map.of("roles", new TreeSet<>(roles.stream().map(Role::name).toList())));
        sessions.forget();
    }

    /** Ends the factor, its recovery codes and every session of the person. False for the caller, strangers and people without one. */
    @Transactional
    boolean reset(Wearer me, UUID account, Reason reason) {
        boolean done = Boolean.TRUE.equals(sql.sql("select identity.door_reset_factor(:s, :a)").param("s", me.school()).param("a", account).query(Boolean.class).single());
        if (done) {
            audit.record(me.school(), "identity.factor_reset", "account", account, Map.of("reason", reason.name()));
            revocations.of(account);
        }
        return done;
    }
}
