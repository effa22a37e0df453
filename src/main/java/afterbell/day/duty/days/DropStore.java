package afterbell.day.duty.days;

import afterbell.base.shared.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sessions dropped together. */
@Component
class DropStore {
    /** @param begins the earliest start among them */
    record Drop(UUID id, LocalDate day, String reason, LocalTime begins, List<String> names, List<UUID> sessions) {}

    private final JdbcClient sql;
    private final Ids ids;

    DropStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    UUID add(UUID school, LocalDate day, String reason, Collection<UUID> sessions, UUID by, Instant at) {
        UUID id = ids.next();
        sql.sql("insert into duty.drop (school_id, drop_id, day, reason, by, at) values (:s, :id, :day, :reason, :by, :at)")
                .param("s", school)
                .param("id", id)
                .param("day", day)
                .param("reason", reason)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .update();
        sql.sql("insert into duty.drop_session (school_id, drop_id, session_id, section_id) select s.school_id, :id, s.session_id, s.section_id from timetable.pub_session s where s.school_id = :s and s.session_id in (:sessions)")
                .param("s", school)
                .param("id", id)
                .param("sessions", sessions)
                .update();
        return id;
    }

    private static final String DROPS =
            """
            select d.drop_id, d.day, d.reason, min(s.starts) as begins, array_agg(x.name order by x.name) as names, array_agg(s.session_id order by s.session_id) as sessions
            from duty.drop d join duty.drop_session y using (school_id, drop_id)
            join timetable.pub_session s on s.school_id = y.school_id and s.session_id = y.session_id and s.state = 'dropped'
            join programme.pub_section x on x.school_id = y.school_id and x.section_id = y.section_id
            where d.school_id = :s and d.undone_at is null
            """;

    List<Drop> on(UUID school, LocalDate day) {
        return sql.sql(DROPS + " and d.day = :day group by d.school_id, d.drop_id order by d.at").param("s", school).param("day", day).query(DropStore::drop).list();
    }

    Optional<Drop> get(UUID school, UUID id) {
        return sql.sql(DROPS + " and d.drop_id = :id group by d.school_id, d.drop_id").param("s", school).param("id", id).query(DropStore::drop).optional();
    }

    private static Drop drop(ResultSet r, int n) throws SQLException {
        return new Drop(
                r.getObject("drop_id", UUID.class),
                r.getObject("day", LocalDate.class),
                r.getString("reason"),
                r.getObject("begins", LocalTime.class),
                List.of((String[]) r.getArray("names").getArray()),
                List.of((UUID[]) r.getArray("sessions").getArray()));
    }

    boolean undo(UUID school, UUID id, Instant at) {
        return sql.sql("update duty.drop set undone_at = :at where school_id = :s and drop_id = :id and undone_at is null").param("s", school).param("id", id).param("at", Timestamp.from(at)).update() > 0;
    }

    /** Children who would be in these sessions on a day. */
    Set<UUID> children(UUID school, Collection<UUID> sections, LocalDate day) {
        return Set.copyOf(sql.sql("select distinct pupil_id from placement.pub_seat where school_id = :s and section_id in (:x) and from_day <= :day and (until_day is null or until_day >= :day)")
                .param("s", school)
                .param("x", sections)
                .param("day", day)
                .query(UUID.class)
                .list());
    }

    /** The classes of these children. */
    Set<UUID> classes(UUID school, Collection<UUID> children) {
        if (children.isEmpty()) return Set.of();
        return Set.copyOf(sql.sql("select distinct class_id from roster.pub_pupil where school_id = :s and pupil_id = any(:p::uuid[])").param("s", school).param("p", children.toArray(UUID[]::new)).query(UUID.class).list());
    }

    /** Accounts of everybody who leads one of these sections, from outside too. */
    Set<UUID> leaders(UUID school, Collection<UUID> sections) {
        return Set.copyOf(sql.sql("select distinct f.account_id from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id) where t.school_id = :s and t.section_id in (:x) and f.account_id is not null")
                .param("s", school)
                .param("x", sections)
                .query(UUID.class)
                .list());
    }
}
