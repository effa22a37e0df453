package afterbell.day.custody.instructing;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class LinkStore {
    private final JdbcClient sql;

    LinkStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** What a good link opens. @param deviceHash of the device that opened it; null while nobody has */
    record Good(UUID school, UUID link, UUID session, UUID staff, byte @Nullable [] deviceHash) {}

    Optional<Good> good(byte[] hash, Instant now) {
        return sql.sql("select school_id as school, link_id as link, session_id as session, staff_id as staff, device_hash from custody.door_instructor(:h, :now)")
                .param("h", hash)
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Good(r.getObject("school", UUID.class), r.getObject("link", UUID.class), r.getObject("session", UUID.class), r.getObject("staff", UUID.class), r.getBytes("device_hash")))
                .optional();
    }

    /** An outside instructor of the session. @param openedAt of the link that is good now */
    record Instructor(UUID staff, String name, boolean link, @Nullable Instant openedAt, @Nullable Instant proposedAt) {}

    List<Instructor> instructors(UUID school, UUID session, Instant now) {
        return sql.sql("""
                select f.staff_id, f.name, k.instructor_link_id is not null as link, k.opened_at, k.proposed_at
                from timetable.pub_session s
                join programme.pub_section_teacher t on t.school_id = s.school_id and t.section_id = s.section_id
                join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = t.staff_id and f.kind = 'outside'
                left join custody.instructor_link k on k.school_id = s.school_id and k.session_id = s.session_id and k.staff_id = f.staff_id and k.ended_at is null and k.expires_at > :now
                where s.school_id = :s and s.session_id = :x order by f.name
                """)
                .param("s", school)
                .param("x", session)
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Instructor(r.getObject("staff_id", UUID.class), r.getString("name"), r.getBoolean("link"), instant(r.getTimestamp("opened_at")), instant(r.getTimestamp("proposed_at"))))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    /** A new link; the one before of the same person and session is over. */
    void make(UUID school, UUID link, UUID session, UUID staff, byte[] hash, UUID by, Instant now, Instant expires) {
        end(school, session, staff, now);
        sql.sql("insert into custody.instructor_link (school_id, instructor_link_id, session_id, staff_id, token_hash, made_by, made_at, expires_at) values (:s, :id, :x, :f, :h, :by, :now, :until)")
                .param("s", school)
                .param("id", link)
                .param("x", session)
                .param("f", staff)
                .param("h", hash)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(expires))
                .update();
    }

    void end(UUID school, UUID session, UUID staff, Instant now) {
        sql.sql("update custody.instructor_link set ended_at = :now where school_id = :s and session_id = :x and staff_id = :f and ended_at is null")
                .param("now", Timestamp.from(now))
                .param("s", school)
                .param("x", session)
                .param("f", staff)
                .update();
    }

    /** True for the one device that opens it. */
    boolean open(Good good, byte[] device, Instant now) {
        return sql.sql("update custody.instructor_link set device_hash = :d, opened_at = :now where school_id = :s and instructor_link_id = :id and device_hash is null and ended_at is null and expires_at > :now")
                        .param("d", device)
                        .param("now", Timestamp.from(now))
                        .param("s", good.school())
                        .param("id", good.link())
                        .update()
                == 1;
    }

    void propose(Good good, Collection<UUID> absent, Instant now) {
        sql.sql("update custody.instructor_link set proposed_at = :now, absent = :a::uuid[] where school_id = :s and instructor_link_id = :id and ended_at is null and expires_at > :now")
                .param("now", Timestamp.from(now))
                .param("a", absent.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .param("s", good.school())
                .param("id", good.link())
                .update();
    }

    /** A name on the instructor's list. */
    record Listed(UUID pupil, String name, boolean absent) {}

    /** Whom the session expects or has: names alone. */
    List<Listed> names(Good good, LocalDate day) {
        return sql.sql("""
                select s.pupil_id as pupil, p.name, s.pupil_id = any(k.absent) as absent
                from custody.standing s
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                join custody.instructor_link k on k.school_id = s.school_id and k.instructor_link_id = :k
                where s.school_id = :s and s.day = :d and (:x = any(s.stop_sessions) or s.session_id = :x)
                  and s.state not in ('not_expected', 'not_at_school', 'on_leave', 'collected', 'with_line', 'walked_home', 'accounted')
                order by p.initials, p.pupil_id
                """)
                .param("s", good.school())
                .param("d", day)
                .param("x", good.session())
                .param("k", good.link())
                .query(Listed.class)
                .list();
    }
}
