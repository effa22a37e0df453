package afterbell.desk.desk.board;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.day.custody.childday.Alarm;
import afterbell.desk.desk.board.Board.Counts;
import afterbell.desk.desk.board.Board.Red;
import afterbell.desk.desk.board.Board.Room;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A whole school's afternoon in one statement, whatever its number of children. */
@Component
class BoardStore {
    /** More things that ring than these are counted, not listed. */
    static final int MOST = 30;

    private final Questions questions;

    BoardStore(Questions questions) {
        this.questions = questions;
    }

    record Posts(int open, boolean led, @Nullable Instant cleared) {}

    record Listed(Alarm.Kind kind, @Nullable UUID ref, String what, String className, int children, Instant since, int level, boolean red, String who, int all) {}

    record Read(Counts counts, List<Red> reds, int more, List<Room> rooms, Posts posts) {}

    Read read(UUID school, LocalDate day, LocalTime now, LocalTime soon) {
        Question<Counts> counts = counts(school, day);
        Question<Listed> ringing = ringing(school, day);
        Question<Room> rooms = rooms(school, day, now, soon);
        Question<Posts> posts = posts(school, day);
        Questions.Answers all = questions.ask(counts, ringing, rooms, posts);
        List<Listed> listed = all.of(ringing);
        return new Read(
                all.of(counts).getFirst(),
                listed.stream().map(l -> new Red(l.kind(), l.ref(), l.what(), l.className(), l.children(), l.since(), l.level(), l.red(), l.who())).toList(),
                listed.isEmpty() ? 0 : listed.getFirst().all() - listed.size(),
                all.of(rooms),
                all.of(posts).getFirst());
    }

    private static Question<Counts> counts(UUID school, LocalDate day) {
        return new Question<>(
                Counts.class,
                """
                select count(*)::int as staying,
                       (count(*) filter (where state in ('in_class', 'expected')))::int as waiting,
                       (count(*) filter (where state in ('between', 'present', 'called_out', 'waiting_late')))::int as here,
                       (count(*) filter (where state in ('on_leave', 'not_at_school')))::int as excused,
                       (count(*) filter (where state in ('missing', 'traced', 'disputed')))::int as sought,
                       (count(*) filter (where state in ('collected', 'with_line', 'walked_home', 'accounted')))::int as gone
                from custody.pub_standing where school_id = :s and day = :d and (cardinality(sessions) > 0 or not closed)
                """,
                Map.of("s", school, "d", day));
    }

    /** What concerns a whole class or session is one line, however many children it has. */
    private static Question<Listed> ringing(UUID school, LocalDate day) {
        return new Question<>(
                Listed.class,
                """
                select g.*, count(*) over ()::int as "all" from (
                    select r.kind, r.ref, min(coalesce(case when r.ref = r.pupil_id then p.name when r.ref = r.class_id then p.class_name else coalesce(x.name, k.name) end, '')) as what,
                           case when bool_and(r.ref = r.pupil_id) then min(p.class_name) else '' end as class_name,
                           count(*)::int as children, min(r.since) as since, max(r.level) as level, bool_or(r.red) as red,
                           coalesce(min(case when r.ref = r.session_id then o.name else f.name end), '') as who
                    from (
                        select a.kind, a.pupil_id, a.since, a.level, a.red, s.class_id, s.session_id, s.custodian,
                               case when a.kind in ('NOT_HANDED_OVER', 'NOT_SEEN') then s.class_id when a.kind = 'NOT_COUNTED' then s.session_id when a.kind <> 'NO_CUSTODIAN' then a.pupil_id end as ref
                        from custody.pub_alarm a join custody.pub_standing s on s.school_id = a.school_id and s.day = a.day and s.pupil_id = a.pupil_id
                        where a.school_id = :s and a.day = :d and a.closed_at is null) r
                    join roster.pub_pupil p on p.school_id = :s and p.pupil_id = r.pupil_id
                    left join roster.pub_staff f on f.school_id = :s and f.staff_id = r.custodian
                    left join timetable.pub_session t on t.school_id = :s and t.session_id = r.session_id
                    left join programme.pub_section x on x.school_id = :s and x.section_id = t.section_id
                    left join roster.pub_class k on k.school_id = :s and k.class_id = t.class_id
                    left join duty.pub_post d on d.school_id = :s and d.day = :d and d.kind = 'session' and d.ref_id = r.session_id
                    left join roster.pub_staff o on o.school_id = :s and o.staff_id = d.staff_id
                    group by r.kind, r.ref) g
                order by g.red desc,
                         array_position(array['MISSING', 'DISPUTED', 'NO_CUSTODIAN', 'RELEASE_DOUBTED', 'CARD_SAYS_LEFT', 'CARD_SAYS_HERE', 'NOT_HANDED_OVER', 'NOT_COUNTED', 'NOT_SEEN', 'WAITING_LATE', 'CALLED_OUT_LONG'], g.kind),
                         g.since, g.ref
                limit :n
                """,
                Map.of("s", school, "d", day, "n", MOST));
    }

    private static Question<Room> rooms(UUID school, LocalDate day, LocalTime now, LocalTime soon) {
        return new Question<>(
                Room.class,
                """
                with planned as materialized (
                    select n.session_id, count(*) as expected from custody.pub_standing s cross join unnest(s.sessions) as n(session_id)
                    where s.school_id = :s and s.day = :d and not s.closed group by n.session_id),
                here as materialized (
                    select session_id, count(*) as here from custody.pub_standing where school_id = :s and day = :d and state in ('present', 'called_out') and session_id is not null group by session_id),
                posts as materialized (select kind, ref_id, staff_id from duty.pub_post where school_id = :s and day = :d and kind in ('session', 'leader'))
                select t.session_id as session, coalesce(x.name, k.name, '') as name, coalesce(r.name, '') as room, coalesce(f.name, l.name, '') as who, t.starts, t.ends,
                       coalesce(p.expected, 0)::int as expected, coalesce(h.here, 0)::int as here, coalesce(f.staff_id, l.staff_id) is not null as staffed
                from timetable.pub_session t
                left join planned p on p.session_id = t.session_id
                left join here h on h.session_id = t.session_id
                left join posts o on o.kind = 'session' and o.ref_id = t.session_id
                left join roster.pub_staff f on f.school_id = t.school_id and f.staff_id = o.staff_id
                left join (select y.staff_id, y.name from posts z join roster.pub_staff y on y.school_id = :s and y.staff_id = z.staff_id where z.kind = 'leader') l on true
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class k on k.school_id = t.school_id and k.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                where t.school_id = :s and t.day = :d and t.state <> 'dropped' and (p.expected > 0 or h.here > 0) and t.starts <= :soon and (t.ends > :now or h.here > 0)
                order by t.starts, coalesce(k.grade, 99), coalesce(k.number, 0), name, t.session_id
                """,
                Map.of("s", school, "d", day, "now", now, "soon", soon));
    }

    private static Question<Posts> posts(UUID school, LocalDate day) {
        return new Question<>(
                Posts.class,
                """
                select (select count(*)::int from duty.pub_open_post where school_id = :s and day = :d and kind in ('class', 'session')) as open,
                       exists (select 1 from duty.pub_post where school_id = :s and day = :d and kind = 'leader') as led,
                       (select cleared_at from dismissal.pub_clearing where school_id = :s and day = :d) as cleared
                """,
                Map.of("s", school, "d", day));
    }
}
