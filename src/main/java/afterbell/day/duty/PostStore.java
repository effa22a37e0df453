package afterbell.day.duty;

import afterbell.base.shared.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Posts as they are written, and who answers for them. */
@Component
class PostStore {
    private static final String POSTS =
            """
            select a.day, a.kind, a.ref_id, a.staff_id, f.account_id, a.source, a.room_id, a.starts, a.ends
            from duty.answering a left join roster.pub_staff f on f.school_id = a.school_id and f.staff_id = a.staff_id
            where a.school_id = :s and a.day between :from and :until
            """;
    private static final RowMapper<Post> POST = (r, n) -> new Post(
            r.getObject("day", LocalDate.class),
            new PostKey(PostKind.of(r.getString("kind")).orElseThrow(), r.getObject("ref_id", UUID.class)),
            r.getObject("staff_id", UUID.class),
            r.getObject("account_id", UUID.class),
            r.getString("source"),
            r.getObject("room_id", UUID.class),
            r.getObject("starts", LocalTime.class),
            r.getObject("ends", LocalTime.class));

    private static final String LINES =
            """
            select a.day, a.kind, a.ref_id, a.staff_id, f.account_id, a.source, a.room_id, a.starts, a.ends, coalesce(f.name, '') as who,
                   coalesce(c.name, x.name, k.name, g.name, r.name, '') as what, coalesce(m.name, '') as room, coalesce(m.outdoor, false) as outdoor,
                   coalesce(n.taken, 0) as children, s.section_id, coalesce(c.class_id, s.class_id) as class_id
            from duty.answering a
            left join roster.pub_staff f on f.school_id = a.school_id and f.staff_id = a.staff_id
            left join roster.pub_class c on a.kind = 'class' and c.school_id = a.school_id and c.class_id = a.ref_id
            left join timetable.pub_session s on a.kind = 'session' and s.school_id = a.school_id and s.session_id = a.ref_id
            left join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
            left join roster.pub_class k on k.school_id = s.school_id and k.class_id = s.class_id
            left join schools.pub_gate g on a.kind = 'gate' and g.school_id = a.school_id and g.gate_id = a.ref_id
            left join schools.pub_area r on a.kind = 'patrol' and r.school_id = a.school_id and r.area_id = a.ref_id
            left join schools.pub_room m on m.school_id = a.school_id and m.room_id = a.room_id
            left join placement.pub_section_seats n on n.school_id = s.school_id and n.section_id = s.section_id
            where a.school_id = :s and a.day between :from and :until
            """;
    private static final String IN_ORDER =
            """
             order by a.day, array_position(array['leader', 'admin', 'class', 'session', 'late', 'gate', 'patrol'], a.kind), a.starts nulls first,
                      coalesce(c.grade, k.grade, 0), coalesce(c.number, k.number, 0), what, a.ref_id
            """;

    private final JdbcClient sql;
    private final NamedParameterJdbcOperations many;
    private final Ids ids;

    PostStore(JdbcClient sql, NamedParameterJdbcOperations many, Ids ids) {
        this.sql = sql;
        this.many = many;
        this.ids = ids;
    }

    List<Post> posts(UUID school, LocalDate from, LocalDate until) {
        return sql.sql(POSTS).param("s", school).param("from", from).param("until", until).query(POST).list();
    }

    List<Post> of(UUID school, UUID account, LocalDate from, LocalDate until) {
        return sql.sql(POSTS + " and f.account_id = :a order by a.day, a.starts nulls first, a.kind").param("s", school).param("from", from).param("until", until).param("a", account).query(POST).list();
    }

    Optional<Post> post(UUID school, LocalDate day, PostKey key) {
        return sql.sql(POSTS + " and a.kind = :kind and a.ref_id is not distinct from :ref")
                .param("s", school)
                .param("from", day)
                .param("until", day)
                .param("kind", key.kind().code())
                .param("ref", key.ref(), Types.OTHER)
                .query(POST)
                .optional();
    }

    List<Line> lines(UUID school, LocalDate from, LocalDate until) {
        return sql.sql(LINES + IN_ORDER).param("s", school).param("from", from).param("until", until).query(PostStore::line).list();
    }

    List<Line> linesOf(UUID school, UUID account, LocalDate from, LocalDate until) {
        return sql.sql(LINES + " and f.account_id = :a" + IN_ORDER).param("s", school).param("from", from).param("until", until).param("a", account).query(PostStore::line).list();
    }

    private static Line line(ResultSet r, int n) throws SQLException {
        return new Line(
                Objects.requireNonNull(POST.mapRow(r, n)),
                r.getString("what"),
                r.getString("room"),
                r.getBoolean("outdoor"),
                r.getString("who"),
                r.getInt("children"),
                r.getObject("section_id", UUID.class),
                r.getObject("class_id", UUID.class));
    }

    /** Nobody else changes the roster of these days until this transaction ends; days are locked in their order. */
    void lock(UUID school, Collection<LocalDate> days) {
        days.stream().distinct().sorted().forEach(d -> sql.sql("select pg_advisory_xact_lock(hashtextextended(:k, 0))").param("k", "duty/" + school + "/" + d).query((r, n) -> 0).single());
    }

    void changed(UUID school, LocalDate day, PostKey key, String what, @Nullable UUID from, @Nullable UUID to, @Nullable UUID by, Instant at) {
        sql.sql("insert into duty.change (school_id, change_id, day, kind, ref_id, what, from_staff, to_staff, by, at) values (:s, :id, :day, :kind, :ref, :what, :from, :to, :by, :at)")
                .param("s", school)
                .param("id", ids.next())
                .param("day", day)
                .param("kind", key.kind().code())
                .param("ref", key.ref(), Types.OTHER)
                .param("what", what)
                .param("from", from, Types.OTHER)
                .param("to", to, Types.OTHER)
                .param("by", by, Types.OTHER)
                .param("at", Timestamp.from(at))
                .update();
    }

    List<Duties.Stood> stood(UUID school, LocalDate day, PostKey key) {
        return sql.sql("select from_staff, to_staff, at from duty.change where school_id = :s and day = :day and kind = :kind and ref_id is not distinct from :ref order by at, change_id")
                .param("s", school)
                .param("day", day)
                .param("kind", key.kind().code())
                .param("ref", key.ref(), Types.OTHER)
                .query((r, n) -> new Duties.Stood(r.getObject("from_staff", UUID.class), r.getObject("to_staff", UUID.class), r.getTimestamp("at").toInstant()))
                .list();
    }

    Optional<UUID> lateRoom(UUID school) {
        return sql.sql("select late_room from duty.setting where school_id = :s and late_room is not null").param("s", school).query(UUID.class).optional();
    }

    /** Writes who answers, whoever was written before. */
    void put(UUID school, Collection<Duties.Written> posts, @Nullable UUID by, Instant at) {
        many.batchUpdate(
                """
                insert into duty.post (school_id, post_id, day, kind, ref_id, staff_id, source, published, set_by, set_at)
                values (:s, :id, :day, :kind, :ref, :staff, :source, :published, :by, :at)
                on conflict on constraint one_person_a_post do update
                set staff_id = excluded.staff_id, source = excluded.source, published = excluded.published, set_by = excluded.set_by, set_at = excluded.set_at
                """,
                posts.stream()
                        .map(p -> new MapSqlParameterSource("s", school)
                                .addValue("id", ids.next())
                                .addValue("day", p.day())
                                .addValue("kind", p.post().kind().code())
                                .addValue("ref", p.post().ref(), Types.OTHER)
                                .addValue("staff", p.staff())
                                .addValue("source", p.source().code())
                                .addValue("published", p.published())
                                .addValue("by", by, Types.OTHER)
                                .addValue("at", Timestamp.from(at)))
                        .toArray(SqlParameterSource[]::new));
    }

    void setting(UUID school, @Nullable UUID leader, @Nullable UUID lateRoom) {
        sql.sql("""
                insert into duty.setting (school_id, leader_id, late_room) values (:s, :leader, :room)
                on conflict (school_id) do update set leader_id = excluded.leader_id, late_room = excluded.late_room
                """)
                .param("s", school)
                .param("leader", leader, Types.OTHER)
                .param("room", lateRoom, Types.OTHER)
                .update();
    }

    /** False where the person has said so before. */
    boolean absent(UUID school, LocalDate day, UUID staff, @Nullable PostKey post, @Nullable UUID by, Instant at) {
        return sql.sql("""
                insert into duty.absence (school_id, absence_id, day, staff_id, kind, ref_id, told_by, told_at) values (:s, :id, :day, :staff, :kind, :ref, :by, :at)
                on conflict do nothing
                """)
                        .param("s", school)
                        .param("id", ids.next())
                        .param("day", day)
                        .param("staff", staff)
                        .param("kind", post == null ? null : post.kind().code(), Types.VARCHAR)
                        .param("ref", post == null ? null : post.ref(), Types.OTHER)
                        .param("by", by, Types.OTHER)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }

    boolean back(UUID school, LocalDate day, UUID staff, @Nullable PostKey post, Instant at) {
        return sql.sql("""
                update duty.absence set withdrawn_at = :at
                where school_id = :s and day = :day and staff_id = :staff and withdrawn_at is null and kind is not distinct from :kind and ref_id is not distinct from :ref
                """)
                        .param("s", school)
                        .param("day", day)
                        .param("staff", staff)
                        .param("kind", post == null ? null : post.kind().code(), Types.VARCHAR)
                        .param("ref", post == null ? null : post.ref(), Types.OTHER)
                        .param("at", Timestamp.from(at))
                        .update()
                > 0;
    }
}
