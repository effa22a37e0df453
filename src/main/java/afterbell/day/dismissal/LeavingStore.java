package afterbell.day.dismissal;

import java.sql.ResultSet;
import java.sql.SQLException;
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

/** Children at the end of their day, as the chain says where they stand. */
@Component
public class LeavingStore {
    /**
     * A child that is still at school.
     *
     * @param custodian who has it in hand
     * @param session the room it is in, or null
     * @param leaves when its last session ends
     * @param last its last session
     */
    public record Leaving(
            UUID pupil, String name, UUID schoolClass, String className, boolean boarding, String state, @Nullable UUID custodian, String custodianName, @Nullable UUID session, Instant leaves, UUID last, boolean red) {

        public boolean waitsLate() {
            return state.equals("waiting_late");
        }
    }

    private static final String LEAVING =
            """
            select s.pupil_id, p.name, s.class_id, p.class_name, p.boarding, s.state, s.custodian, coalesce(f.name, '') as custodian_name, s.session_id, l.leaves, l.session_id as last, s.red
            from custody.pub_standing s
            join custody.pub_leaving l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
            join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
            left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
            where s.school_id = :s and s.day = :d and s.state in ('present', 'called_out', 'between', 'waiting_late', 'disputed')
            """;

    private final JdbcClient sql;

    LeavingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Those whose last session has ended by then, whoever waits longest first. @param staff in whose hands, or null for all */
    public List<Leaving> over(UUID school, LocalDate day, Instant by, @Nullable UUID staff, int most) {
        return sql.sql(LEAVING + " and (l.leaves <= :by or s.state = 'waiting_late') and (:f::uuid is null or s.custodian = :f) order by l.leaves, p.grade, p.class_number, p.initials, s.pupil_id limit :n")
                .param("s", school)
                .param("d", day)
                .param("by", Timestamp.from(by))
                .param("f", staff, java.sql.Types.OTHER)
                .param("n", most)
                .query(LeavingStore::row)
                .list();
    }

    public List<Leaving> some(UUID school, LocalDate day, Collection<UUID> pupils) {
        return sql.sql(LEAVING + " and s.pupil_id = any(:p::uuid[]) order by p.grade, p.class_number, p.initials, s.pupil_id")
                .param("s", school)
                .param("d", day)
                .param("p", pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(LeavingStore::row)
                .list();
    }

    /** The children of a session for whom it is the last, and who are in it. */
    public List<Leaving> line(UUID school, LocalDate day, UUID session) {
        return sql.sql(LEAVING + " and l.session_id = :x and s.session_id = :x and s.state in ('present', 'called_out') order by p.grade, p.class_number, p.initials, s.pupil_id")
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query(LeavingStore::row)
                .list();
    }

    private static Leaving row(ResultSet r, int n) throws SQLException {
        return new Leaving(
                r.getObject("pupil_id", UUID.class),
                r.getString("name"),
                r.getObject("class_id", UUID.class),
                r.getString("class_name"),
                r.getBoolean("boarding"),
                r.getString("state"),
                r.getObject("custodian", UUID.class),
                r.getString("custodian_name"),
                r.getObject("session_id", UUID.class),
                r.getTimestamp("leaves").toInstant(),
                r.getObject("last", UUID.class),
                r.getBoolean("red"));
    }

    /**
     * A line that forms or has left.
     *
     * @param teacher who leads it, or null; {@code teacherName} may be empty
     * @param gate where its wave leaves, as the school calls it; may be empty
     * @param here children who are in the session and for whom it is the last
     * @param step how far it is, as its teacher said; empty for nothing said
     */
    public record Line(
            UUID session, String name, String room, @Nullable UUID teacher, String teacherName, String gate, Instant leaves, int here, int gone, String step, @Nullable Instant saidAt) {}

    public List<Line> lines(UUID school, LocalDate day, Instant by, @Nullable UUID staff) {
        return sql.sql("""
                with line as (
                    select l.session_id, min(l.leaves) as leaves, min(u.grade) as grade,
                           count(*) filter (where s.state in ('present', 'called_out') and s.session_id = l.session_id) as here,
                           count(*) filter (where s.state in ('with_line', 'walked_home', 'collected')) as gone
                    from custody.pub_leaving l
                    join custody.pub_standing s on s.school_id = l.school_id and s.day = l.day and s.pupil_id = l.pupil_id
                    join roster.pub_pupil u on u.school_id = l.school_id and u.pupil_id = l.pupil_id
                    where l.school_id = :s and l.day = :d and l.leaves <= :by group by l.session_id)
                select l.session_id, coalesce(x.name, c.name, '') as name, coalesce(r.name, '') as room, p.staff_id, coalesce(f.name, '') as teacher, coalesce(w.gate, '') as gate, l.leaves, l.here, l.gone,
                       coalesce(k.step, '') as step, k.at
                from line l
                join timetable.pub_session t on t.school_id = :s and t.session_id = l.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join duty.pub_post p on p.school_id = t.school_id and p.day = t.day and p.kind = 'session' and p.ref_id = t.session_id
                left join roster.pub_staff f on f.school_id = p.school_id and f.staff_id = p.staff_id
                left join dismissal.pub_line k on k.school_id = t.school_id and k.day = t.day and k.session_id = l.session_id
                left join lateral (
                    select v.gate from calendar.pub_wave v join schools.pub_grade g on g.school_id = v.school_id and g.grade = l.grade and g.band = any(v.bands)
                    where v.school_id = t.school_id and v.term_id = t.term_id and (cardinality(v.weekdays) = 0 or extract(isodow from t.day) = any(v.weekdays)) and v.at >= t.ends order by v.at limit 1) w on true
                where :f::uuid is null or p.staff_id = :f
                order by l.leaves, 6, 2
                """)
                .param("s", school)
                .param("d", day)
                .param("by", Timestamp.from(by))
                .param("f", staff, java.sql.Types.OTHER)
                .query(LeavingStore::line)
                .list();
    }

    private static Line line(ResultSet r, int n) throws SQLException {
        Timestamp said = r.getTimestamp("at");
        return new Line(
                r.getObject("session_id", UUID.class),
                r.getString("name"),
                r.getString("room"),
                r.getObject("staff_id", UUID.class),
                r.getString("teacher"),
                r.getString("gate"),
                r.getTimestamp("leaves").toInstant(),
                r.getInt("here"),
                r.getInt("gone"),
                r.getString("step"),
                said == null ? null : said.toInstant());
    }
}
