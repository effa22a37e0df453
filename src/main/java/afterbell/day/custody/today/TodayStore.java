package afterbell.day.custody.today;

import afterbell.base.shared.db.Question;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a person answers for on a day, with how far it is. */
final class TodayStore {
    /**
     * A session of the person's.
     *
     * @param expected children whom the session awaits or has
     * @param present counted in it
     * @param red children with a red clock
     */
    record Mine(UUID id, String name, String room, LocalTime starts, LocalTime ends, boolean dropped, int expected, int present, int red) {}

    /** A class of the person's. @param waiting nobody of the service has them yet @param away not at school or on leave @param red with a red clock */
    record MyClass(UUID id, String name, int staying, int waiting, int away, int red) {}

    /** What a family said today of a child that the person has or will have. @param at when it comes late; null for leave */
    record Said(String name, String className, @Nullable Instant at) {}

    private TodayStore() {}

    static Question<Said> said(UUID school, LocalDate day, UUID account, Collection<UUID> classes, Instant begin) {
        return new Question<>(
                Said.class,
                """
                select p.name, p.class_name, k.expected_at as at
                from custody.standing g
                join roster.pub_pupil p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                left join custody.late_pickup k on k.school_id = g.school_id and k.day = g.day and k.pupil_id = g.pupil_id and not g.closed
                where g.school_id = :s and g.day = :d
                  and (g.class_id = any(:classes::uuid[]) or g.class_teacher in (select f.staff_id from roster.pub_staff f where f.school_id = :s and f.account_id = :a)
                       or g.custodian in (select f.staff_id from roster.pub_staff f where f.school_id = :s and f.account_id = :a)
                       or g.stop_custodians && array(select f.staff_id from roster.pub_staff f where f.school_id = :s and f.account_id = :a))
                  and (k.pupil_id is not null
                       or g.state in ('on_leave', 'in_class', 'expected') and exists (select 1 from custody.leave l where l.school_id = g.school_id and l.pupil_id = g.pupil_id and l.told = 'IN_APP' and l.withdrawn_at is null
                                   and l.said_at >= :begin and g.day between l.from_day and l.until_day and (cardinality(l.weekdays) = 0 or extract(isodow from g.day)::int = any(l.weekdays))
                                   and not exists (select 1 from custody.leave_exception x where x.school_id = l.school_id and x.leave_id = l.leave_id and x.day = g.day)))
                order by k.expected_at nulls last, p.class_name, p.name limit 30
                """,
                Map.of("s", school, "d", day, "a", account, "classes", classes.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")), "begin", Timestamp.from(begin)));
    }

    static Question<Mine> sessions(UUID school, LocalDate day, UUID account) {
        return new Question<>(
                Mine.class,
                """
                with mine as materialized (
                    select p.ref_id as session_id from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'session' and p.account_id = :a
                    union
                    select t.session_id from timetable.pub_session t
                    join programme.pub_section_teacher x on x.school_id = t.school_id and x.section_id = t.section_id
                    join roster.pub_staff f on f.school_id = x.school_id and f.staff_id = x.staff_id and f.account_id = :a and f.kind <> 'outside'
                    where t.school_id = :s and t.day = :d)
                select t.session_id as id, coalesce(x.name, c.name) as name, coalesce(r.name, '') as room, t.starts, t.ends, t.state = 'dropped' as dropped,
                       coalesce(n.expected, 0)::int as expected, coalesce(n.present, 0)::int as present, coalesce(n.red, 0)::int as red
                from mine m
                join timetable.pub_session t on t.school_id = :s and t.session_id = m.session_id
                join calendar.pub_slot l on l.school_id = t.school_id and l.slot_id = t.slot_id and l.service_class <> 'noon'
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join lateral (
                    select count(*) filter (where not g.closed) as expected, count(*) filter (where g.session_id = t.session_id and g.state in ('present', 'called_out')) as present,
                           count(*) filter (where g.red) as red
                    from custody.standing g where g.school_id = :s and g.day = :d and (t.session_id = any(g.stop_sessions) or g.session_id = t.session_id)) n on true
                order by t.starts, name
                """,
                Map.of("s", school, "d", day, "a", account));
    }

    static Question<MyClass> classes(UUID school, LocalDate day, UUID account, Collection<UUID> classes) {
        return new Question<>(
                MyClass.class,
                """
                select c.class_id as id, c.name, count(g.pupil_id) filter (where cardinality(g.stop_sessions) > 0)::int as staying,
                       count(g.pupil_id) filter (where g.state in ('in_class', 'expected'))::int as waiting,
                       count(g.pupil_id) filter (where g.state in ('not_at_school', 'on_leave'))::int as away, count(g.pupil_id) filter (where g.red)::int as red
                from roster.pub_class c
                left join custody.standing g on g.school_id = c.school_id and g.class_id = c.class_id and g.day = :d
                where c.school_id = :s and (c.class_id = any(:classes::uuid[])
                    or c.class_id in (select p.ref_id from duty.pub_post p where p.school_id = :s and p.day = :d and p.kind = 'class' and p.account_id = :a))
                group by c.class_id, c.name, c.grade, c.number order by c.grade, c.number
                """,
                Map.of("s", school, "d", day, "a", account, "classes", classes.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))));
    }
}
