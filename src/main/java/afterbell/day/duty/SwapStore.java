package afterbell.day.duty;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Swaps as they were asked for and answered. */
@Component
class SwapStore {
    private static final String SWAPS =
            """
            select w.*, coalesce(f.name, '') as from_name, coalesce(t.name, '') as to_name from duty.swap w
            left join roster.pub_staff f on f.school_id = w.school_id and f.staff_id = w.from_staff
            left join roster.pub_staff t on t.school_id = w.school_id and t.staff_id = w.to_staff
            where w.school_id = :s and
            """;
    private static final RowMapper<Swaps.Swap> SWAP = (r, n) -> {
        @Nullable String back = r.getString("back_kind");
        return new Swaps.Swap(
                r.getObject("swap_id", UUID.class),
                r.getObject("day", LocalDate.class),
                new PostKey(PostKind.of(r.getString("kind")).orElseThrow(), r.getObject("ref_id", UUID.class)),
                r.getObject("from_staff", UUID.class),
                r.getString("from_name"),
                r.getObject("to_staff", UUID.class),
                r.getString("to_name"),
                r.getObject("back_day", LocalDate.class),
                back == null ? null : new PostKey(PostKind.of(back).orElseThrow(), r.getObject("back_ref", UUID.class)),
                r.getString("state"));
    };

    private final JdbcClient sql;

    SwapStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** False where this person was asked for that post already and has not answered. */
    boolean add(UUID school, UUID id, LocalDate day, PostKey post, UUID from, UUID to, @Nullable LocalDate backDay, @Nullable PostKey back, Instant at) {
        return sql.sql("""
                insert into duty.swap (school_id, swap_id, day, kind, ref_id, from_staff, to_staff, back_day, back_kind, back_ref, asked_at)
                values (:s, :id, :day, :kind, :ref, :from, :to, :backDay, :backKind, :backRef, :at) on conflict do nothing
                """)
                        .param("s", school)
                        .param("id", id)
                        .param("day", day)
                        .param("kind", post.kind().code())
                        .param("ref", post.ref(), Types.OTHER)
                        .param("from", from)
                        .param("to", to)
                        .param("backDay", backDay, Types.DATE)
                        .param("backKind", back == null ? null : back.kind().code(), Types.VARCHAR)
                        .param("backRef", back == null ? null : back.ref(), Types.OTHER)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    Optional<UUID> openFor(UUID school, LocalDate day, PostKey post, UUID to) {
        return sql.sql("select swap_id from duty.swap where school_id = :s and day = :day and kind = :kind and ref_id is not distinct from :ref and to_staff = :to and state = 'asked'")
                .param("s", school)
                .param("day", day)
                .param("kind", post.kind().code())
                .param("ref", post.ref(), Types.OTHER)
                .param("to", to)
                .query(UUID.class)
                .optional();
    }

    Optional<Swaps.Swap> get(UUID school, UUID id) {
        return sql.sql(SWAPS + " w.swap_id = :id").param("s", school).param("id", id).query(SWAP).optional();
    }

    boolean close(UUID school, UUID id, String state, Instant at) {
        return sql.sql("update duty.swap set state = :state, answered_at = :at where school_id = :s and swap_id = :id and state = 'asked'")
                        .param("s", school)
                        .param("id", id)
                        .param("state", state)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    List<Swaps.Swap> waiting(UUID school, UUID staff, LocalDate today) {
        return sql.sql(SWAPS + " w.state = 'asked' and w.day >= :today and (w.from_staff = :f or w.to_staff = :f) order by w.day, w.asked_at").param("s", school).param("f", staff).param("today", today).query(SWAP).list();
    }

    List<Swaps.Swap> about(UUID school, LocalDate from, LocalDate until) {
        return sql.sql(SWAPS + " w.day between :from and :until order by w.asked_at desc").param("s", school).param("from", from).param("until", until).query(SWAP).list();
    }
}
