package afterbell.term.timetable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Dated sessions. Filling is two statements for a whole term, whatever its size. */
@Component
class SessionStore {
    /** A slot on a day on which its bell rings. */
    record Ringing(LocalDate day, UUID slot, LocalTime starts, LocalTime ends) {}

    /**
     * What should stand: every running section once per day and hour though it takes a slot of each band, and own-class care of every class that is not
     * merged into another. A section that nobody has a place in yet, because its draw is still to come, does not meet. The id is made of what the session is, so that filling again finds it.
     */
    private static final String WANTED =
            """
            with ringing as materialized (
                select x.day, x.slot, x.starts, x.ends from unnest(:days::date[], :slots::uuid[], :starts::time[], :ends::time[]) as x (day, slot, starts, ends)),
            meeting as materialized (
                (select distinct on (x.section_id, g.day, g.starts) x.section_id, null::uuid as class_id, g.day, g.slot, x.room_id, g.starts, g.ends
                 from ringing g
                 join programme.pub_section_slot y on y.school_id = :school and y.slot_id = g.slot
                 join programme.pub_section x on x.school_id = y.school_id and x.section_id = y.section_id and x.term_id = :term and x.state = 'published'
                 left join placement.pub_section_seats n on n.school_id = x.school_id and n.section_id = x.section_id
                 where g.day >= :clubs and coalesce(n.state, case when x.fixed then 'running' end) = 'running'
                 order by x.section_id, g.day, g.starts, g.slot)
                union all
                select null, c.class_id, g.day, g.slot, coalesce(o.room_id, c.room_id), g.starts, g.ends
                from ringing g
                join calendar.pub_slot l on l.school_id = :school and l.slot_id = g.slot
                join calendar.pub_band b on b.school_id = l.school_id and b.term_id = l.term_id and b.band = l.band
                join roster.pub_class c on c.school_id = b.school_id and c.grade = b.grade
                left join programme.pub_own_class_duty o on o.school_id = c.school_id and o.class_id = c.class_id and o.slot_id = g.slot
                where g.day >= :basic and o.merged_into is null),
            wanted as materialized (
                select md5(concat_ws('/', :school::uuid, m.day, m.slot, coalesce(m.section_id, m.class_id)))::uuid as id, m.* from meeting m)
            """;

    private static final String SESSIONS =
            """
            select s.session_id as id, s.day, s.from_day, l.ordinal, s.starts, s.ends, coalesce(x.name, c.name) as what, coalesce(r.name, '') as room,
                   coalesce(case when s.section_id is not null
                            then (select string_agg(f.name, ' ' order by t.main desc, f.name) from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                                  where t.school_id = s.school_id and t.section_id = s.section_id)
                            else f.name end, '') as who,
                   upper(s.state) as state, coalesce(s.reason, '') as reason, s.section_id as section, s.class_id as school_class, s.room_id, s.slot_id as slot, coalesce(n.taken, 0) as children
            from timetable.session s
            join calendar.pub_slot l on l.school_id = s.school_id and l.slot_id = s.slot_id
            left join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
            left join roster.pub_class c on c.school_id = s.school_id and c.class_id = s.class_id
            left join programme.pub_own_class_duty o on o.school_id = s.school_id and o.class_id = s.class_id and o.slot_id = s.slot_id
            left join roster.pub_staff f on f.school_id = o.school_id and f.staff_id = o.staff_id
            left join schools.pub_room r on r.school_id = s.school_id and r.room_id = s.room_id
            left join placement.pub_section_seats n on n.school_id = s.school_id and n.section_id = s.section_id
            where s.school_id = :school and
            """;

    private static final String ORDER = " order by s.day, s.starts, l.ordinal, what, s.session_id";

    private final JdbcClient sql;

    SessionStore(JdbcClient sql) {
        this.sql = sql;
    }

    boolean filled(UUID school, UUID term) {
        return sql.sql("select exists (select 1 from timetable.session where school_id = :s and term_id = :t)").param("s", school).param("t", term).query(Boolean.class).single();
    }

    /** Whether the term has a published plan or result that its sessions can be made from. */
    boolean planned(UUID school, UUID term) {
        return sql.sql("select exists (select 1 from programme.pub_plan where school_id = :s and term_id = :t and published_at is not null) or exists (select 1 from placement.pub_publication where school_id = :s and term_id = :t)")
                .param("s", school)
                .param("t", term)
                .query(Boolean.class)
                .single();
    }

    /** What the bells were when the term was last filled; empty where it never was. */
    Optional<String> bells(UUID school, UUID term) {
        return sql.sql("select bells from timetable.filling where school_id = :s and term_id = :t").param("s", school).param("t", term).query(String.class).optional();
    }

    void noteFilling(UUID school, UUID term, String bells, Instant at) {
        sql.sql("""
                insert into timetable.filling (school_id, term_id, bells, filled_at) values (:s, :t, :bells, :at)
                on conflict (school_id, term_id) do update set bells = excluded.bells, filled_at = excluded.filled_at
                """)
                .param("s", school)
                .param("t", term)
                .param("bells", bells)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Adds what is missing and brings back or renews what a person has not touched. */
    int put(UUID school, UUID term, List<Ringing> ringing, LocalDate basic, LocalDate clubs, LocalDate today) {
        return wanted(WANTED
                        + """
                        insert into timetable.session as now (school_id, session_id, term_id, section_id, class_id, day, slot_id, room_id, starts, ends)
                        select :school, w.id, :term, w.section_id, w.class_id, w.day, w.slot, w.room_id, w.starts, w.ends from wanted w
                        on conflict (school_id, session_id) do update
                        set room_id = excluded.room_id, starts = excluded.starts, ends = excluded.ends, state = 'planned', cause = null, changed_at = null, changed_by = null
                        where now.cause is distinct from 'hand' and now.day >= :today
                          and (now.state, now.room_id, now.starts, now.ends) is distinct from ('planned'::text, excluded.room_id, excluded.starts, excluded.ends)
                        """,
                        school, term, ringing, basic, clubs)
                .param("today", today)
                .update();
    }

    /** Drops what stands no more, from today on; the past stays as it was. */
    int drop(UUID school, UUID term, List<Ringing> ringing, LocalDate basic, LocalDate clubs, LocalDate today, Instant at) {
        return wanted(WANTED
                        + """
                        update timetable.session s
                        set state = 'dropped', changed_at = :at, cause = case when exists (select 1 from ringing g where g.day = s.day and g.slot = s.slot_id) then 'plan' else 'calendar' end
                        where s.school_id = :school and s.term_id = :term and s.state <> 'dropped' and s.cause is distinct from 'hand' and s.day >= :today
                          and not exists (select 1 from wanted w where w.id = s.session_id)
                        """,
                        school, term, ringing, basic, clubs)
                .param("today", today)
                .param("at", Timestamp.from(at))
                .update();
    }

    private JdbcClient.StatementSpec wanted(String text, UUID school, UUID term, List<Ringing> ringing, LocalDate basic, LocalDate clubs) {
        return sql.sql(text)
                .param("school", school)
                .param("term", term)
                .param("days", array(ringing, Ringing::day))
                .param("slots", array(ringing, Ringing::slot))
                .param("starts", array(ringing, Ringing::starts))
                .param("ends", array(ringing, Ringing::ends))
                .param("basic", basic)
                .param("clubs", clubs);
    }

    /** Where the child is expected, as its seats and days stand: sessions of its sections, own class where it stays without one. */
    List<Session> ofChild(UUID school, UUID child, LocalDate from, LocalDate until) {
        return sql.sql("""
                with seat as materialized (select e.section_id, e.from_day, e.until_day from placement.pub_seat_history e where e.school_id = :school and e.pupil_id = :child),
                own as materialized (select p.slot_id, coalesce(p.merged_class_id, p.class_id) as class_id from timetable.pub_place p where p.school_id = :school and p.pupil_id = :child and p.kind = 'own')
                """
                        + SESSIONS
                        + """
                         (s.day between :from and :until or s.from_day between :from and :until)
                          and (exists (select 1 from seat e where e.section_id = s.section_id and s.day >= e.from_day and (e.until_day is null or s.day <= e.until_day))
                               or exists (select 1 from own o where o.slot_id = s.slot_id and o.class_id = s.class_id))
                        """
                        + ORDER)
                .param("school", school)
                .param("child", child)
                .param("from", from)
                .param("until", until)
                .query(Session.class)
                .list();
    }

    List<Expected> expected(UUID school, LocalDate day, @Nullable Collection<UUID> children) {
        return sql.sql("""
                with meeting as materialized (
                    select s.session_id, s.section_id, s.class_id, s.slot_id, s.room_id, s.starts, s.ends, l.weekday, l.ordinal, l.service_class, l.band, l.term_id
                    from timetable.session s join calendar.pub_slot l on l.school_id = s.school_id and l.slot_id = s.slot_id
                    where s.school_id = :school and s.day = :day and s.state <> 'dropped'
                ), child as materialized (
                    select p.pupil_id, p.class_id, p.grade from roster.pub_pupil p where p.school_id = :school and (:all or p.pupil_id = any(:children::uuid[]))
                ), club as materialized (
                    select c.pupil_id, c.class_id, c.grade, m.session_id, m.section_id, m.room_id, m.starts, m.ends
                    from meeting m
                    join placement.pub_seat_history e on e.school_id = :school and e.section_id = m.section_id and e.from_day <= :day and (e.until_day is null and e.ended_at is null or e.until_day >= :day)
                    join child c on c.pupil_id = e.pupil_id
                ), lost as materialized (
                    select c.pupil_id, l.starts, l.ends
                    from timetable.session s
                    join calendar.pub_slot l on l.school_id = s.school_id and l.slot_id = s.slot_id
                    join placement.pub_seat_history e on e.school_id = s.school_id and e.section_id = s.section_id and e.from_day <= :day and (e.until_day is null and e.ended_at is null or e.until_day >= :day)
                    join child c on c.pupil_id = e.pupil_id
                    where s.school_id = :school and (s.day = :day and s.state = 'dropped' or s.from_day = :day and s.day <> :day)
                ), stay as materialized (
                    select t.pupil_id, t.term_id, t.weekday, t.until_ordinal from timetable.pub_stay t
                    where t.school_id = :school and exists (select 1 from meeting m where m.term_id = t.term_id and m.weekday = t.weekday)
                ), noon as materialized (
                    select n.pupil_id, n.slot_id from timetable.pub_stay_slot n where n.school_id = :school and n.slot_id in (select m.slot_id from meeting m where m.service_class = 'noon')
                ), own as materialized (
                    select c.pupil_id, c.class_id, c.grade, m.session_id, m.class_id as care_id, m.room_id, m.starts, m.ends
                    from meeting m
                    join calendar.pub_band b on b.school_id = :school and b.term_id = m.term_id and b.band = m.band
                    join child c on c.grade = b.grade
                    left join programme.pub_own_class_duty o on o.school_id = :school and o.class_id = c.class_id and o.slot_id = m.slot_id
                    left join stay t on t.pupil_id = c.pupil_id and t.term_id = m.term_id and t.weekday = m.weekday
                    left join noon n on n.pupil_id = c.pupil_id and n.slot_id = m.slot_id
                    where m.class_id = coalesce(o.merged_into, c.class_id)
                      and (case when m.service_class = 'noon' then n.slot_id is not null else coalesce(t.until_ordinal, 0) >= m.ordinal end
                           or exists (select 1 from lost x where x.pupil_id = c.pupil_id and x.starts < m.ends and x.ends > m.starts))
                )
                select pupil_id as pupil, class_id as school_class, grade, session_id as session, section_id as section, null::uuid as care, room_id as room, starts, ends from club
                union all
                select o.pupil_id, o.class_id, o.grade, o.session_id, null, o.care_id, o.room_id, o.starts, o.ends from own o
                where not exists (select 1 from club x where x.pupil_id = o.pupil_id and x.starts < o.ends and x.ends > o.starts)
                order by 1, starts, session
                """)
                .param("school", school)
                .param("day", day)
                .param("all", children == null)
                .param("children", children == null ? "{}" : children.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query(Expected.class)
                .list();
    }

    List<Session> ofStaff(UUID school, UUID staff, LocalDate from, LocalDate until) {
        return sql.sql("with led as materialized (select t.section_id from programme.pub_section_teacher t where t.school_id = :school and t.staff_id = :staff) " + SESSIONS
                        + " (s.day between :from and :until or s.from_day between :from and :until) and (s.section_id in (select section_id from led) or o.staff_id = :staff)" + ORDER)
                .param("school", school)
                .param("staff", staff)
                .param("from", from)
                .param("until", until)
                .query(Session.class)
                .list();
    }

    List<Session> ofRoom(UUID school, UUID room, LocalDate from, LocalDate until) {
        return sql.sql(SESSIONS + " (s.day between :from and :until or s.from_day between :from and :until) and s.room_id = :room" + ORDER)
                .param("school", school)
                .param("room", room)
                .param("from", from)
                .param("until", until)
                .query(Session.class)
                .list();
    }

    /** What differs from the plan for a class in these days: sessions of the class and of sections in which it has children. */
    List<Session> changesOfClass(UUID school, UUID schoolClass, LocalDate from, LocalDate until) {
        return sql.sql("with theirs as materialized (select distinct e.section_id from placement.pub_seat e join roster.pub_pupil p on p.school_id = e.school_id and p.pupil_id = e.pupil_id where e.school_id = :school and p.class_id = :class) "
                        + SESSIONS + " s.state <> 'planned' and (s.day between :from and :until or s.from_day between :from and :until)"
                        + " and (s.class_id = :class or s.section_id in (select section_id from theirs))" + ORDER)
                .param("school", school)
                .param("class", schoolClass)
                .param("from", from)
                .param("until", until)
                .query(Session.class)
                .list();
    }

    List<Session> on(UUID school, LocalDate day) {
        return sql.sql(SESSIONS + " (s.day = :day or s.from_day = :day)" + ORDER).param("school", school).param("day", day).query(Session.class).list();
    }

    Optional<Session> get(UUID school, UUID session) {
        return sql.sql(SESSIONS + " s.session_id = :id").param("school", school).param("id", session).query(Session.class).optional();
    }

    /** Locks the session until the transaction ends. */
    boolean lock(UUID school, UUID session) {
        return sql.sql("select 1 from timetable.session where school_id = :s and session_id = :id for update").param("s", school).param("id", session).query(Integer.class).optional().isPresent();
    }

    /** Sessions that take place in a room, or with one of a section's teachers, at a time that touches the given one. */
    List<Session> inTheWay(UUID school, UUID session, @Nullable UUID room, LocalDate day, LocalTime starts, LocalTime ends) {
        return sql.sql("with mine as materialized (select t.staff_id from programme.pub_section_teacher t join timetable.session m on m.school_id = t.school_id and m.section_id = t.section_id where m.school_id = :school and m.session_id = :id) "
                        + SESSIONS + " s.day = :day and s.session_id <> :id and s.state <> 'dropped' and s.starts < :ends and s.ends > :starts"
                        + " and (s.room_id = :room or o.staff_id in (select staff_id from mine) or exists (select 1 from programme.pub_section_teacher t where t.school_id = s.school_id and t.section_id = s.section_id and t.staff_id in (select staff_id from mine)))" + ORDER)
                .param("school", school)
                .param("id", session)
                .param("room", room, java.sql.Types.OTHER)
                .param("day", day)
                .param("starts", starts)
                .param("ends", ends)
                .query(Session.class)
                .list();
    }

    Optional<Sessions.Elsewhere> elsewhere(UUID school, UUID section, LocalDate day, LocalTime starts, LocalTime ends) {
        return sql.sql("""
                select x.name as what, count(distinct mine.pupil_id)::int as children,
                       max(extract(epoch from least(s.ends, :ends) - greatest(s.starts, :starts)) / 60)::int as minutes
                from placement.pub_seat mine
                join placement.pub_seat other on other.school_id = mine.school_id and other.pupil_id = mine.pupil_id and other.section_id <> mine.section_id and other.from_day <= :day
                join timetable.session s on s.school_id = other.school_id and s.section_id = other.section_id and s.day = :day and s.state <> 'dropped' and s.starts < :ends and s.ends > :starts
                join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
                where mine.school_id = :school and mine.section_id = :section and mine.from_day <= :day
                group by x.section_id, x.name order by children desc, x.name limit 1
                """)
                .param("school", school)
                .param("section", section)
                .param("day", day)
                .param("starts", starts)
                .param("ends", ends)
                .query(Sessions.Elsewhere.class)
                .optional();
    }

    void change(UUID school, UUID session, Session.State state, LocalDate day, @Nullable LocalDate fromDay, LocalTime starts, LocalTime ends, @Nullable UUID room, String reason, UUID by, Instant at) {
        sql.sql("""
                update timetable.session
                set state = :state, day = :day, from_day = :from, starts = :starts, ends = :ends, room_id = :room, cause = 'hand', reason = :reason, changed_by = :by, changed_at = :at
                where school_id = :s and session_id = :id
                """)
                .param("state", state.name().toLowerCase(java.util.Locale.ROOT))
                .param("day", day)
                .param("from", fromDay, java.sql.Types.DATE)
                .param("starts", starts)
                .param("ends", ends)
                .param("room", room, java.sql.Types.OTHER)
                .param("reason", reason)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("s", school)
                .param("id", session)
                .update();
    }

    /**
     * Drops sections' sessions that have not ended at {@code now} (the school's own clock), locked in the order of their ids; answers those dropped now.
     * Own-class care stays.
     */
    List<UUID> dropAll(UUID school, Collection<UUID> sessions, String reason, UUID by, Instant at, LocalDateTime now) {
        return sql.sql("""
                with these as materialized (
                    select session_id from timetable.session
                    where school_id = :s and session_id in (:ids) and section_id is not null and state <> 'dropped' and day + ends > :now
                    order by session_id for update)
                update timetable.session s
                set state = 'dropped', day = coalesce(s.from_day, s.day), from_day = null, cause = 'hand', reason = :reason, changed_by = :by, changed_at = :at
                from these t where s.school_id = :s and s.session_id = t.session_id
                returning s.session_id
                """)
                .param("s", school)
                .param("ids", sessions)
                .param("reason", reason)
                .param("by", by)
                .param("at", Timestamp.from(at))
                .param("now", now)
                .query(UUID.class)
                .list();
    }

    /** Takes such drops back as far as the sessions have not begun; answers those that take place again. */
    List<UUID> takeBack(UUID school, Collection<UUID> sessions, LocalDateTime now) {
        return sql.sql("""
                with these as materialized (
                    select session_id from timetable.session
                    where school_id = :s and session_id in (:ids) and state = 'dropped' and cause = 'hand' and day + starts > :now
                    order by session_id for update)
                update timetable.session s set state = 'planned', cause = null, reason = null, changed_by = null, changed_at = null
                from these t where s.school_id = :s and s.session_id = t.session_id
                returning s.session_id
                """)
                .param("s", school)
                .param("ids", sessions)
                .param("now", now)
                .query(UUID.class)
                .list();
    }

    /** Forgets what a person changed; the next filling sets hour and room as planned. */
    void restore(UUID school, UUID session) {
        sql.sql("update timetable.session set state = 'planned', day = coalesce(from_day, day), from_day = null, cause = null, reason = null, changed_by = null, changed_at = null where school_id = :s and session_id = :id")
                .param("s", school)
                .param("id", session)
                .update();
    }

    /** Children who are expected in a session: the seats of its section, or the class. */
    List<UUID> children(UUID school, Session session) {
        if (session.section() != null)
            return sql.sql("select distinct pupil_id from placement.pub_seat_history where school_id = :s and section_id = :x and from_day <= :d and (until_day is null and ended_at is null or until_day >= :d)")
                    .param("s", school)
                    .param("x", session.section())
                    .param("d", session.fromDay() == null ? session.day() : session.fromDay())
                    .query(UUID.class)
                    .list();
        return sql.sql("select pupil_id from roster.pub_pupil where school_id = :s and class_id = :c").param("s", school).param("c", session.schoolClass()).query(UUID.class).list();
    }

    /** Accounts of those who lead it. */
    List<UUID> leaders(UUID school, Session session) {
        return sql.sql("""
                select f.account_id from programme.pub_section_teacher t join roster.pub_staff f using (school_id, staff_id)
                where t.school_id = :s and t.section_id = :x::uuid and f.account_id is not null
                union
                select f.account_id from programme.pub_own_class_duty o join roster.pub_staff f using (school_id, staff_id)
                where o.school_id = :s and o.class_id = :c::uuid and o.slot_id = :l and f.account_id is not null
                """)
                .param("s", school)
                .param("x", Optional.ofNullable(session.section()).map(UUID::toString).orElse(null))
                .param("c", Optional.ofNullable(session.schoolClass()).map(UUID::toString).orElse(null))
                .param("l", session.slot())
                .query(UUID.class)
                .list();
    }

    /** How many sessions of a term stand in which state. */
    Map<String, Integer> states(UUID school, UUID term) {
        return sql.sql("select state, count(*)::int from timetable.session where school_id = :s and term_id = :t group by state")
                .param("s", school)
                .param("t", term)
                .query((r, n) -> Map.entry(r.getString(1), r.getInt(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <T> String array(List<Ringing> all, Function<Ringing, T> part) {
        return all.stream().map(r -> part.apply(r).toString()).collect(Collectors.joining(",", "{", "}"));
    }
}
