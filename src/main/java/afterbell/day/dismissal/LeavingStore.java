package afterbell.day.dismissal;

import afterbell.base.shared.db.Question;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param answers who answers by now for the session that it is in, which another person may have rolled; null outside of its last session
     * @param session the room it is in, or null
     * @param leaves when its last session ends
     * @param last its last session
     * @param ride the bus or dormitory whose keeper gets it today, or null; {@code rideName} and {@code stop} say which and where
     * @param oneByOne whether its grades leave one by one
     * @param comes when its family comes late, as it said; null where it said nothing
     * @param word where it is while it is called out, one of the closed list; null otherwise
     */
    public record Leaving(
            UUID pupil, String name, UUID schoolClass, String className, boolean boarding, String state, @Nullable UUID custodian, @Nullable UUID answers, String custodianName, @Nullable UUID session, Instant leaves, UUID last, boolean red,
            @Nullable UUID ride, String rideName, String stop, boolean oneByOne, @Nullable Instant comes, @Nullable String word) {

        /** Whether a line may take it along, as far as its day is concerned: a consent is asked besides. */
        public boolean inLine() {
            return ride == null && !oneByOne && comes == null && !calledOut();
        }

        /** Out of the room, at the place of {@link #word}: nobody's line takes it along before its teacher says that it is back. */
        public boolean calledOut() {
            return state.equals("called_out");
        }

        /** In whose hands it is at its end: a post may have passed to somebody else since the roll. */
        public @Nullable UUID hands() {
            return answers != null ? answers : custodian;
        }

        public boolean waitsLate() {
            return state.equals("waiting_late");
        }
    }

    private static final String LEAVING =
            """
            select s.pupil_id, p.name, s.class_id, p.class_name, p.boarding, s.state, s.custodian,
                   case when s.state in ('present', 'called_out') and s.session_id = l.session_id then l.custodian end as answers, coalesce(f.name, '') as custodian_name, s.session_id, l.leaves, l.session_id as last, s.red, s.word,
                   i.keeper_id, coalesce(i.name, '') as ride_name, coalesce(i.stop, '') as stop,
                   exists (select 1 from dismissal.band_way b join schools.pub_grade g on g.school_id = b.school_id and g.band = b.band where b.school_id = s.school_id and g.grade = p.grade and b.way = 'one_by_one') as one_by_one,
                   k.expected_at as comes
            from custody.pub_standing s
            join custody.pub_leaving l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
            join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
            left join roster.pub_staff f on f.school_id = s.school_id and f.staff_id = s.custodian
            left join custody.pub_late_pickup k on k.school_id = s.school_id and k.day = s.day and k.pupil_id = s.pupil_id
            left join lateral (select r.keeper_id, r.name, r.stop from dismissal.pub_ride r where r.school_id = s.school_id and r.day = s.day and r.pupil_id = s.pupil_id order by r.kind, r.keeper_id limit 1) i on true
            where s.school_id = :s and s.day = :d and s.state in ('present', 'called_out', 'between', 'waiting_late', 'disputed')
            """;

    private final JdbcClient sql;

    LeavingStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Those whose last session has ended by then, whoever waits longest first. @param staff in whose hands, or null for all */
    public List<Leaving> over(UUID school, LocalDate day, Instant by, @Nullable UUID staff, int most) {
        return sql.sql(LEAVING + " and (l.leaves <= :by or s.state = 'waiting_late') and (:f::uuid is null or s.custodian = :f or s.state in ('present', 'called_out') and s.session_id = l.session_id and l.custodian = :f) order by l.leaves, p.grade, p.class_number, p.initials, s.pupil_id limit :n")
                .param("s", school)
                .param("d", day)
                .param("by", Timestamp.from(by))
                .param("f", staff, java.sql.Types.OTHER)
                .param("n", most)
                .query(LeavingStore::row)
                .list();
    }

    /** A child that is still at school and due to leave, by name alone. */
    public record Named(UUID pupil, String name) {}

    /** All who are due by then, for whoever only looks at names: each hand-over asks it of the whole school. */
    public List<Named> due(UUID school, LocalDate day, Instant by) {
        return sql.sql("""
                select s.pupil_id as pupil, p.name from custody.pub_standing s
                join custody.pub_leaving l on l.school_id = s.school_id and l.day = s.day and l.pupil_id = s.pupil_id
                join roster.pub_pupil p on p.school_id = s.school_id and p.pupil_id = s.pupil_id
                where s.school_id = :s and s.day = :d and s.state in ('present', 'called_out', 'between', 'waiting_late', 'disputed') and (l.leaves <= :by or s.state = 'waiting_late')
                """)
                .param("s", school)
                .param("d", day)
                .param("by", Timestamp.from(by))
                .query(Named.class)
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

    /** A bus or dormitory on a day. @param keeper who answers there @param adult that person, to whom children are handed @param here children who are still at school */
    public record Ride(UUID id, String kind, String name, String keeper, UUID adult, int here, int gone) {}

    /** Those that somebody is to be handed to on the day. @param one that one alone, or null for all */
    public List<Ride> rides(UUID school, LocalDate day, @Nullable UUID one) {
        return sql.sql("""
                select r.keeper_id as id, r.kind, r.name, a.name as keeper, r.adult_id as adult,
                       count(*) filter (where not s.closed)::int as here, count(*) filter (where s.state = 'collected')::int as gone
                from dismissal.pub_ride r
                join custody.pub_standing s on s.school_id = r.school_id and s.day = r.day and s.pupil_id = r.pupil_id
                join roster.pub_adult a on a.school_id = r.school_id and a.adult_id = r.adult_id
                where r.school_id = :s and r.day = :d and (:one::uuid is null or r.keeper_id = :one) group by 1, 2, 3, 4, 5 order by r.kind, r.name, r.keeper_id
                """)
                .param("s", school)
                .param("d", day)
                .param("one", one, java.sql.Types.OTHER)
                .query(Ride.class)
                .list();
    }

    /** The children of a bus or dormitory who are still at school, by stop. */
    public List<Leaving> riders(UUID school, LocalDate day, UUID ride) {
        return sql.sql(LEAVING + " and i.keeper_id = :r order by i.stop, p.grade, p.class_number, p.initials, s.pupil_id").param("s", school).param("d", day).param("r", ride).query(LeavingStore::row).list();
    }

    /** Who took a child that has left, by name; empty where nobody took it. */
    public Optional<String> taker(UUID school, LocalDate day, UUID pupil) {
        return sql.sql("""
                select a.name from custody.pub_fact f join roster.pub_adult a on a.school_id = f.school_id and a.adult_id = f.other_id
                where f.school_id = :s and f.day = :d and f.pupil_id = :p and f.kind = 'collected' order by f.seq desc limit 1
                """)
                .param("s", school)
                .param("d", day)
                .param("p", pupil)
                .query(String.class)
                .optional();
    }

    /** A child and its brothers and sisters, as far as they are still at school. */
    public List<Leaving> family(UUID school, LocalDate day, UUID pupil) {
        return sql.sql(LEAVING
                        + """
                         and (s.pupil_id = :p or s.pupil_id in (select o.pupil_id from roster.pub_sibling m join roster.pub_sibling o on o.school_id = m.school_id and o.family_id = m.family_id and o.pupil_id <> m.pupil_id
                                            where m.school_id = :s and m.pupil_id = :p))
                        order by p.grade, p.class_number, s.pupil_id
                        """)
                .param("s", school)
                .param("d", day)
                .param("p", pupil)
                .query(LeavingStore::row)
                .list();
    }

    /** A child that has left with a line, or from it alone. @param entry what said so @param by who tapped */
    public record Left(UUID pupil, UUID entry, UUID by) {}

    /** Who has left from the line of a session and is not back. */
    public List<Left> left(UUID school, LocalDate day, UUID session) {
        return sql.sql("""
                select distinct on (f.pupil_id) f.pupil_id as pupil, f.entry_id as entry, f.by
                from custody.pub_leaving l
                join custody.pub_standing s on s.school_id = l.school_id and s.day = l.day and s.pupil_id = l.pupil_id and s.state in ('with_line', 'walked_home')
                join custody.pub_fact f on f.school_id = l.school_id and f.day = l.day and f.pupil_id = l.pupil_id and f.kind = s.state
                where l.school_id = :s and l.day = :d and l.session_id = :x
                  and not exists (select 1 from custody.pub_fact u where u.school_id = f.school_id and u.day = f.day and u.pupil_id = f.pupil_id and u.kind = 'undone' and u.other_id = f.entry_id)
                order by f.pupil_id, f.seq desc
                """)
                .param("s", school)
                .param("d", day)
                .param("x", session)
                .query(Left.class)
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

    /** A child that is in no line today, whatever consent there is. @param comes when its family comes late, or null */
    public record Apart(UUID pupil, @Nullable Instant comes) {}

    /** Which of these children are in no line, wherever they stand: the same as {@link Leaving#inLine}, for lists that are looked up before a line forms. */
    public static Question<Apart> apart(UUID school, LocalDate day, Collection<UUID> pupils) {
        return new Question<>(
                Apart.class,
                """
                select p.pupil_id as pupil, k.expected_at as comes
                from roster.pub_pupil p
                left join custody.pub_late_pickup k on k.school_id = p.school_id and k.day = :d and k.pupil_id = p.pupil_id
                where p.school_id = :s and p.pupil_id = any(:p::uuid[])
                  and (k.pupil_id is not null
                       or exists (select 1 from dismissal.pub_ride r where r.school_id = p.school_id and r.day = :d and r.pupil_id = p.pupil_id)
                       or exists (select 1 from dismissal.band_way b join schools.pub_grade g on g.school_id = b.school_id and g.band = b.band where b.school_id = p.school_id and g.grade = p.grade and b.way = 'one_by_one'))
                """,
                Map.of("s", school, "d", day, "p", pupils.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))));
    }

    private static Leaving row(ResultSet r, int n) throws SQLException {
        Timestamp comes = r.getTimestamp("comes");
        return new Leaving(
                r.getObject("pupil_id", UUID.class),
                r.getString("name"),
                r.getObject("class_id", UUID.class),
                r.getString("class_name"),
                r.getBoolean("boarding"),
                r.getString("state"),
                r.getObject("custodian", UUID.class),
                r.getObject("answers", UUID.class),
                r.getString("custodian_name"),
                r.getObject("session_id", UUID.class),
                r.getTimestamp("leaves").toInstant(),
                r.getObject("last", UUID.class),
                r.getBoolean("red"),
                r.getObject("keeper_id", UUID.class),
                r.getString("ride_name"),
                r.getString("stop"),
                r.getBoolean("one_by_one"),
                comes == null ? null : comes.toInstant(),
                r.getString("word"));
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

    /**
     * @param answering who answers for each session of the day, as whoever looks has read it anyway: the posts of a whole school are dear to join
     * @param staff whose lines, or null for all
     */
    public List<Line> lines(UUID school, LocalDate day, Instant by, Map<UUID, UUID> answering, @Nullable UUID staff) {
        List<UUID> sessions = List.copyOf(answering.keySet());
        return sql.sql("""
                with post as materialized (select p.ref_id, p.staff_id from unnest(:sessions::uuid[], :answering::uuid[]) as p(ref_id, staff_id)),
                line as materialized (
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
                left join post p on p.ref_id = t.session_id
                left join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = p.staff_id
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
                .param("sessions", ids(sessions))
                .param("answering", ids(sessions.stream().map(answering::get).toList()))
                .param("f", staff, java.sql.Types.OTHER)
                .query(LeavingStore::line)
                .list();
    }

    private static String ids(Collection<@Nullable UUID> ids) {
        return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
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
