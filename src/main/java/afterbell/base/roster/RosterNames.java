package afterbell.base.roster;

import afterbell.base.identity.ClassNames;
import afterbell.base.identity.FamilyBook;
import afterbell.base.identity.PupilNames;
import afterbell.base.identity.Relation;
import afterbell.base.shared.Ids;
import afterbell.base.shared.access.Role;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers the room {@code identity}, which knows ids alone: the names behind them, and the grown-ups of a child. */
@Component
@Transactional
class RosterNames implements PupilNames, ClassNames, FamilyBook {
    private static final String NAMED = "select school_id, pupil_id, class_id, name, class_name, birthday from roster.pub_pupil ";

    private final JdbcClient sql;
    private final Roster roster;
    private final Ids ids;
    private final Clock clock;

    RosterNames(JdbcClient sql, Roster roster, Ids ids, Clock clock) {
        this.sql = sql;
        this.roster = roster;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public List<PupilNames.Named> ofClass(UUID school, UUID klass) {
        return sql.sql(NAMED + "where school_id = :s and class_id = :c order by initials, pupil_id").param("s", school).param("c", klass).query(RosterNames::named).list();
    }

    @Override
    public List<PupilNames.Named> of(Collection<UUID> pupils) {
        return pupils.isEmpty() ? List.of() : sql.sql(NAMED + "where pupil_id in (:ids) order by grade desc, pupil_id").param("ids", pupils).query(RosterNames::named).list();
    }

    private static PupilNames.Named named(ResultSet r, int row) throws SQLException {
        return new PupilNames.Named(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                r.getObject(3, UUID.class),
                r.getString(4),
                r.getString(5),
                Optional.ofNullable(r.getDate(6)).map(Date::toLocalDate).orElse(null));
    }

    @Override
    public List<ClassNames.Named> of(UUID school) {
        return sql.sql("""
                select c.class_id, c.grade, c.name, count(p.pupil_id) as pupils, count(g.pupil_id) as entered
                from roster.pub_class c
                left join roster.pub_pupil p using (school_id, class_id)
                left join (select distinct school_id, pupil_id from identity.pub_grant where school_id = :s and pupil_id is not null) g using (school_id, pupil_id)
                where c.school_id = :s
                group by c.class_id, c.grade, c.number, c.name
                order by c.grade, c.number
                """)
                .param("s", school)
                .query((r, n) -> new ClassNames.Named(r.getObject(1, UUID.class), r.getInt(2), r.getString(3), r.getInt(4), r.getInt(5)))
                .list();
    }

    @Override
    public List<Adult> adults(UUID school, UUID pupil) {
        return sql.sql("select adult_id, account_id, name, kind, label from roster.pub_relation where school_id = :s and pupil_id = :p and kind <> 'emergency' order by kind = 'guardian' desc, adult_id")
                .param("s", school)
                .param("p", pupil)
                .query((r, n) -> new Adult(r.getObject(1, UUID.class), r.getObject(2, UUID.class), r.getString(3), Role.valueOf(r.getString(4).toUpperCase(Locale.ROOT)), r.getString(5)))
                .list();
    }

    @Override
    public void entered(UUID school, UUID pupil, UUID account, Role role, Relation relation, String name, @Nullable UUID adult) {
        UUID who = adult != null ? adult : known(school, account).orElseGet(() -> added(school, account, name));
        sql.sql("update roster.adult set account_id = :a where school_id = :s and adult_id = :id").param("a", account).param("s", school).param("id", who).update();
        sql.sql("""
                insert into roster.relation (school_id, pupil_id, adult_id, kind, label, since) values (:s, :p, :id, :kind, :label, :today)
                on conflict (school_id, pupil_id, adult_id) do update set kind = excluded.kind, until = null
                """)
                .param("s", school)
                .param("p", pupil)
                .param("id", who)
                .param("kind", role.name().toLowerCase(Locale.ROOT))
                .param("label", relation.code())
                .param("today", Date.valueOf(today()))
                .update();
    }

    private Optional<UUID> known(UUID school, UUID account) {
        return sql.sql("select adult_id from roster.adult where school_id = :s and account_id = :a order by adult_id limit 1").param("s", school).param("a", account, Types.OTHER).query(UUID.class).optional();
    }

    private UUID added(UUID school, UUID account, String name) {
        UUID id = ids.next();
        roster.addAdults(school, List.of(new Roster.NewAdult(id, account, name)));
        return id;
    }

    @Override
    public void left(UUID school, UUID pupil, UUID account) {
        sql.sql("""
                update roster.relation r set until = :today from roster.adult a
                where r.school_id = :s and r.pupil_id = :p and a.school_id = r.school_id and a.adult_id = r.adult_id and a.account_id = :account and r.until is null
                """)
                .param("today", Date.valueOf(today()))
                .param("s", school)
                .param("p", pupil)
                .param("account", account)
                .update();
    }

    @Override
    public void siblings(UUID school, List<UUID> pupils) {
        roster.confirmSiblings(school, ids.next(), pupils);
    }

    @Override
    public List<UUID> siblingsOf(UUID school, UUID pupil) {
        return sql.sql("""
                select o.pupil_id from roster.sibling s join roster.sibling o on o.school_id = s.school_id and o.family_id = s.family_id
                where s.school_id = :s and s.pupil_id = :p and o.pupil_id <> s.pupil_id order by o.pupil_id
                """)
                .param("s", school)
                .param("p", pupil)
                .query(UUID.class)
                .list();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.ofHours(8));
    }
}
