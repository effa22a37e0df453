package afterbell.day.custody.family;

import afterbell.day.custody.ChildStanding.State;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a family sees of a day, under its own scope. */
@Component
class FamilyStore {
    private final JdbcClient sql;

    FamilyStore(JdbcClient sql) {
        this.sql = sql;
    }

    @Transactional(readOnly = true)
    List<DayLine> lines(LocalDate day, Collection<UUID> children) {
        return sql.sql("""
                select s.pupil_id, p.name, s.state, coalesce(f.name, '') as who, concat_ws(' · ', coalesce(x.name, c.name), r.name) as place, s.since, s.bell,
                       s.stop_ends[cardinality(s.stop_ends)] as leaves_at, l.expected_at
                from custody.standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
                left join timetable.pub_session t on t.school_id = s.school_id and t.session_id = s.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join custody.late_pickup l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
                where s.day = :d and s.pupil_id = any(:p::uuid[]) order by p.grade desc, p.name
                """)
                .param("d", day)
                .param("p", children.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query((r, n) -> new DayLine(
                        r.getObject("pupil_id", UUID.class),
                        r.getString("name"),
                        State.of(r.getString("state")),
                        r.getString("who"),
                        r.getString("place"),
                        r.getTimestamp("since").toInstant(),
                        r.getTimestamp("bell").toInstant(),
                        instant(r.getTimestamp("leaves_at")),
                        instant(r.getTimestamp("expected_at"))))
                .list();
    }

    @Transactional
    void late(UUID school, LocalDate day, UUID child, Instant expected, UUID by, Instant now) {
        sql.sql("""
                insert into custody.late_pickup (school_id, day, pupil_id, expected_at, said_by, said_at) values (:s, :d, :p, :e, :by, :now)
                on conflict (school_id, day, pupil_id) do update set expected_at = excluded.expected_at, said_by = excluded.said_by, said_at = excluded.said_at
                """)
                .param("s", school)
                .param("d", day)
                .param("p", child)
                .param("e", Timestamp.from(expected))
                .param("by", by)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Accounts of the class teachers and of who has the child's last session. */
    @Transactional(readOnly = true)
    List<UUID> teachers(UUID school, LocalDate day, UUID child) {
        return sql.sql("""
                select f.account_id from custody.standing s join roster.pub_staff f on f.school_id = s.school_id and f.staff_id in (s.class_teacher, s.stop_custodians[cardinality(s.stop_custodians)])
                where s.school_id = :s and s.day = :d and s.pupil_id = :p and f.account_id is not null
                """)
                .param("s", school)
                .param("d", day)
                .param("p", child)
                .query(UUID.class)
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
