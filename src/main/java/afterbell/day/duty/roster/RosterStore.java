package afterbell.day.duty.roster;

import afterbell.day.duty.PostKey;
import afterbell.day.duty.PostKind;
import afterbell.day.duty.rotation.Rotation;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Drafts of the rotation, who takes turns, and what the ratios count. */
@Component
class RosterStore {
    record Draft(LocalDate day, PostKey post, UUID staff, @Nullable UUID account, String name, String source) {}

    record Person(UUID id, @Nullable UUID account, String name, String kind, String subject) {}

    record Setting(@Nullable UUID leader, @Nullable UUID lateRoom) {}

    private final JdbcClient sql;

    RosterStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<Draft> drafts(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("""
                select p.day, p.kind, p.ref_id, p.staff_id, f.account_id, f.name, p.source from duty.post p join roster.pub_staff f using (school_id, staff_id)
                where p.school_id = :s and p.day between :from and :until and not p.published order by p.day, p.kind, p.ref_id
                """)
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .query((r, n) -> new Draft(
                        r.getObject("day", LocalDate.class),
                        new PostKey(PostKind.of(r.getString("kind")).orElseThrow(), r.getObject("ref_id", UUID.class)),
                        r.getObject("staff_id", UUID.class),
                        r.getObject("account_id", UUID.class),
                        r.getString("name"),
                        r.getString("source")))
                .list();
    }

    /** Posts that are written and published, whoever stands there: the rotation leaves them alone. */
    Set<String> published(UUID school, LocalDate from, LocalDate until) {
        return Set.copyOf(sql.sql("select day || '/' || kind || coalesce('.' || ref_id, '') from duty.post where school_id = :s and day between :from and :until and published").param("s", school).param("from", from).param("until", until).query(String.class).list());
    }

    void forgetDrafts(UUID school, LocalDate from, LocalDate until) {
        sql.sql("delete from duty.post where school_id = :s and day between :from and :until and not published").param("s", school).param("from", from).param("until", until).update();
    }

    int publish(UUID school, LocalDate from, LocalDate until, UUID by, Instant at) {
        return sql.sql("update duty.post set published = true, set_by = :by, set_at = :at where school_id = :s and day between :from and :until and not published")
                .param("s", school)
                .param("from", from)
                .param("until", until)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** The school's own people. */
    List<Person> people(UUID school) {
        return sql.sql("select staff_id as id, account_id as account, name, kind, subject from roster.pub_staff where school_id = :s and kind <> 'outside' order by initials, staff_id").param("s", school).query(Person.class).list();
    }

    /** Kind of post to who takes turns at it, as the school chose. */
    Map<String, Set<UUID>> turns(UUID school) {
        record Row(String kind, UUID staff) {}
        return sql.sql("select kind, staff_id as staff from duty.turn where school_id = :s").param("s", school).query(Row.class).list().stream().collect(Collectors.groupingBy(Row::kind, Collectors.mapping(Row::staff, Collectors.toSet())));
    }

    void putTurns(UUID school, String kind, Collection<UUID> staff) {
        sql.sql("delete from duty.turn where school_id = :s and kind = :k").param("s", school).param("k", kind).update();
        sql.sql("insert into duty.turn (school_id, kind, staff_id) select f.school_id, :k, f.staff_id from roster.pub_staff f where f.school_id = :s and f.staff_id = any(:staff::uuid[]) and f.kind <> 'outside'")
                .param("s", school)
                .param("k", kind)
                .param("staff", staff.toArray(UUID[]::new))
                .update();
    }

    Optional<Setting> setting(UUID school) {
        return sql.sql("select leader_id as leader, late_room from duty.setting where school_id = :s").param("s", school).query(Setting.class).optional();
    }

    /** Turns that people have had in the hundred and twenty days before a week, by kind of post. */
    List<Rotation.Had> had(UUID school, LocalDate before) {
        return sql.sql("""
                select staff_id as person, kind, count(*)::int as turns, 0 as minutes from duty.post
                where school_id = :s and published and day >= :from and day < :before group by staff_id, kind
                """)
                .param("s", school)
                .param("from", before.minusDays(120))
                .param("before", before)
                .query(Rotation.Had.class)
                .list();
    }

    record Away(UUID staff, LocalDate day) {}

    List<Away> away(UUID school, LocalDate from, LocalDate until) {
        return sql.sql("select distinct staff_id as staff, day from duty.absence where school_id = :s and day between :from and :until and withdrawn_at is null").param("s", school).param("from", from).param("until", until).query(Away.class).list();
    }

    /** Weekday (1-7) to how many children stay, and to how many grade bands they belong, by the newest answers of the families. */
    record Staying(int weekday, int children, int bands) {}

    List<Staying> staying(UUID school, LocalDate day) {
        return sql.sql("""
                select t.weekday, count(*)::int as children, count(distinct b.band)::int as bands
                from timetable.pub_stay t
                join calendar.pub_term m on m.school_id = t.school_id and m.term_id = t.term_id and :day between m.starts_on and m.ends_on
                join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                left join calendar.pub_band b on b.school_id = t.school_id and b.term_id = t.term_id and b.grade = p.grade
                where t.school_id = :s and t.until_ordinal > 0 group by t.weekday
                """)
                .param("s", school)
                .param("day", day, Types.DATE)
                .query(Staying.class)
                .list();
    }
}
