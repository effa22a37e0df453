package afterbell.day.duty;

import afterbell.base.shared.Ids;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Open posts that several people are asked for, and what became of posts. */
@Component
class CallStore {
    record Call(UUID id, LocalDate day, PostKey post, @Nullable UUID by) {}

    private static final RowMapper<Call> CALL = (r, n) -> new Call(
            r.getObject("call_id", UUID.class),
            r.getObject("day", LocalDate.class),
            new PostKey(PostKind.of(r.getString("kind")).orElseThrow(), r.getObject("ref_id", UUID.class)),
            r.getObject("asked_by", UUID.class));

    private final JdbcClient sql;
    private final Ids ids;

    CallStore(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** Asks these people for a post; one call is open for a post at a time, a later one adds people to it. */
    UUID call(UUID school, LocalDate day, PostKey post, Collection<UUID> staff, @Nullable UUID by, Instant at) {
        UUID fresh = ids.next();
        sql.sql("insert into duty.call (school_id, call_id, day, kind, ref_id, asked_by, asked_at) values (:s, :id, :day, :kind, :ref, :by, :at) on conflict do nothing")
                .param("s", school)
                .param("id", fresh)
                .param("day", day)
                .param("kind", post.kind().code())
                .param("ref", post.ref(), Types.OTHER)
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(at))
                .update();
        UUID call = openFor(school, day, post).orElseThrow();
        if (!staff.isEmpty())
            sql.sql("insert into duty.asked (school_id, call_id, staff_id) select :s, :c, x from unnest(:staff::uuid[]) as x on conflict do nothing")
                    .param("s", school)
                    .param("c", call)
                    .param("staff", staff.toArray(UUID[]::new))
                    .update();
        return call;
    }

    Optional<UUID> openFor(UUID school, LocalDate day, PostKey post) {
        return sql.sql("select call_id from duty.call where school_id = :s and day = :day and kind = :kind and ref_id is not distinct from :ref and state = 'open'")
                .param("s", school)
                .param("day", day)
                .param("kind", post.kind().code())
                .param("ref", post.ref(), Types.OTHER)
                .query(UUID.class)
                .optional();
    }

    /** A call that this person was asked by. */
    Optional<Call> asked(UUID school, UUID call, UUID staff) {
        return sql.sql("select c.call_id, c.day, c.kind, c.ref_id, c.asked_by from duty.call c join duty.asked a using (school_id, call_id) where c.school_id = :s and c.call_id = :c and a.staff_id = :f")
                .param("s", school)
                .param("c", call)
                .param("f", staff)
                .query(CALL)
                .optional();
    }

    /** The one place where a call is filled: whoever comes second changes no row. */
    boolean fill(UUID school, UUID call, UUID staff, Instant at) {
        return sql.sql("update duty.call set state = 'filled', filled_by = :f, closed_at = :at where school_id = :s and call_id = :c and state = 'open'")
                        .param("s", school)
                        .param("c", call)
                        .param("f", staff)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    void withdraw(UUID school, LocalDate day, PostKey post, Instant at) {
        sql.sql("update duty.call set state = 'withdrawn', closed_at = :at where school_id = :s and day = :day and kind = :kind and ref_id is not distinct from :ref and state = 'open'")
                .param("s", school)
                .param("day", day)
                .param("kind", post.kind().code())
                .param("ref", post.ref(), Types.OTHER)
                .param("at", Timestamp.from(at))
                .update();
    }

    void refuse(UUID school, UUID call, UUID staff, Instant at) {
        sql.sql("update duty.asked set refused_at = :at where school_id = :s and call_id = :c and staff_id = :f and refused_at is null")
                .param("s", school)
                .param("c", call)
                .param("f", staff)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Open calls that a person was asked by and has not refused. */
    List<Call> waitingFor(UUID school, UUID staff, LocalDate from) {
        return sql.sql("""
                select c.call_id, c.day, c.kind, c.ref_id, c.asked_by from duty.call c join duty.asked a using (school_id, call_id)
                where c.school_id = :s and a.staff_id = :f and a.refused_at is null and c.state = 'open' and c.day >= :from order by c.day, c.asked_at
                """)
                .param("s", school)
                .param("f", staff)
                .param("from", from)
                .query(CALL)
                .list();
    }

    record Post(LocalDate day, PostKey post) {}

    /** Posts that a person has said not to come to, from a day on. */
    List<Post> givenUp(UUID school, UUID staff, LocalDate from) {
        return sql.sql("select day, kind, ref_id from duty.absence where school_id = :s and staff_id = :f and day >= :from and withdrawn_at is null and kind is not null order by day, told_at")
                .param("s", school)
                .param("f", staff)
                .param("from", from)
                .query((r, n) -> new Post(r.getObject("day", LocalDate.class), new PostKey(PostKind.of(r.getString("kind")).orElseThrow(), r.getObject("ref_id", UUID.class))))
                .list();
    }

    List<Substitutes.Changed> changes(UUID school, LocalDate day, PostKey post) {
        return sql.sql("""
                select c.what, coalesce(f.name, '') as "from", coalesce(t.name, '') as "to", c.at from duty.change c
                left join roster.pub_staff f on f.school_id = c.school_id and f.staff_id = c.from_staff
                left join roster.pub_staff t on t.school_id = c.school_id and t.staff_id = c.to_staff
                where c.school_id = :s and c.day = :day and c.kind = :kind and c.ref_id is not distinct from :ref order by c.at desc, c.change_id desc
                """)
                .param("s", school)
                .param("day", day)
                .param("kind", post.kind().code())
                .param("ref", post.ref(), Types.OTHER)
                .query((r, n) -> new Substitutes.Changed(r.getString("what"), r.getString("from"), r.getString("to"), r.getTimestamp("at").toInstant()))
                .list();
    }
}
