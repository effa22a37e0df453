package afterbell.desk.desk.board;

import afterbell.base.shared.db.Question;
import afterbell.base.shared.db.Questions;
import afterbell.day.custody.childday.Alarm;
import afterbell.desk.desk.board.Board.Asked;
import afterbell.desk.desk.board.Board.Counts;
import afterbell.desk.desk.board.Board.Red;
import afterbell.desk.desk.board.Board.Room;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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

    record Cleared(Instant clearedAt) {}

    /** Who stands where, as the duty roster says. @param sessions session to member of staff, where somebody stands @param open classes and sessions where nobody does */
    record Standing(@Nullable UUID leader, Map<UUID, UUID> sessions, int open) {}

    record Named(UUID id, String name) {}

    record Listed(Alarm.Kind kind, @Nullable UUID ref, String what, String className, int children, Instant since, int level, boolean red, String who, int all) {}

    record Session(UUID session, String name, String room, LocalTime starts, LocalTime ends, int expected, int here) {}

    record Read(Counts counts, List<Asked> asked, List<Red> reds, int more, List<Room> rooms, @Nullable Instant cleared) {}

    Read read(UUID school, LocalDate day, LocalTime now, LocalTime soon, Standing posts) {
        Question<Counts> counts = counts(school, day);
        Question<Listed> ringing = ringing(school, day);
        Question<Session> sessions = sessions(school, day, now, soon);
        Question<Named> staff = new Question<>(Named.class, "select staff_id as id, name from roster.pub_staff where school_id = :s", Map.of("s", school));
        Question<Cleared> cleared = new Question<>(Cleared.class, "select cleared_at from dismissal.pub_clearing where school_id = :s and day = :d", Map.of("s", school, "d", day));
        Question<Asked> asked = new Question<>(
                Asked.class,
                """
                select t.pupil_id as pupil, p.name, p.class_name, t.asked_at as since
                from dismissal.pub_stranger t
                join custody.pub_standing s on s.school_id = t.school_id and s.day = t.day and s.pupil_id = t.pupil_id and not s.closed
                join roster.pub_pupil p on p.school_id = t.school_id and p.pupil_id = t.pupil_id
                where t.school_id = :s and t.day = :d and t.seen_at is null order by t.asked_at, t.stranger_id limit 10
                """,
                Map.of("s", school, "d", day));
        Questions.Answers all = questions.ask(counts, ringing, sessions, staff, cleared, asked);
        Map<UUID, String> names = all.of(staff).stream().collect(Collectors.toMap(Named::id, Named::name));
        List<Listed> listed = all.of(ringing);
        return new Read(
                all.of(counts).getFirst(),
                all.of(asked),
                listed.stream().map(l -> new Red(l.kind(), l.ref(), l.what(), l.className(), l.children(), l.since(), l.level(), l.red(), who(l, posts, names))).toList(),
                listed.isEmpty() ? 0 : listed.getFirst().all() - listed.size(),
                all.of(sessions).stream().map(s -> room(s, posts, names)).toList(),
                all.one(cleared).map(Cleared::clearedAt).orElse(null));
    }

    /** Whoever should count the children is the one to ring, not the one who has sent them. */
    private static String who(Listed red, Standing posts, Map<UUID, String> names) {
        @Nullable UUID counts = red.kind() == Alarm.Kind.NOT_COUNTED && red.ref() != null ? posts.sessions().getOrDefault(red.ref(), posts.leader()) : null;
        return counts == null ? red.who() : names.getOrDefault(counts, "");
    }

    private static Room room(Session s, Standing posts, Map<UUID, String> names) {
        @Nullable UUID who = posts.sessions().getOrDefault(s.session(), posts.leader());
        return new Room(s.session(), s.name(), s.room(), who == null ? "" : names.getOrDefault(who, ""), s.starts(), s.ends(), s.expected(), s.here(), who != null);
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
                with r as materialized (
                    select a.kind, a.pupil_id, a.since, a.level, a.red, s.class_id, s.session_id, s.custodian,
                           case when a.kind in ('NOT_HANDED_OVER', 'NOT_SEEN') then s.class_id when a.kind = 'NOT_COUNTED' then s.session_id when a.kind <> 'NO_CUSTODIAN' then a.pupil_id end as ref
                    from custody.pub_alarm a join custody.pub_standing s on s.school_id = a.school_id and s.day = a.day and s.pupil_id = a.pupil_id
                    where a.school_id = :s and a.day = :d and a.closed_at is null),
                p as materialized (select pupil_id, name, class_name from roster.pub_pupil where school_id = :s and pupil_id in (select pupil_id from r)),
                t as materialized (
                    select t.session_id, coalesce(x.name, k.name) as name from timetable.pub_session t
                    left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                    left join roster.pub_class k on k.school_id = t.school_id and k.class_id = t.class_id
                    where t.school_id = :s and t.day = :d and t.session_id in (select session_id from r)),
                f as materialized (select staff_id, name from roster.pub_staff where school_id = :s)
                select g.*, count(*) over ()::int as "all" from (
                    select r.kind, r.ref, min(coalesce(case when r.ref = r.pupil_id then p.name when r.ref = r.class_id then p.class_name else t.name end, '')) as what,
                           case when bool_and(r.ref = r.pupil_id) then min(p.class_name) else '' end as class_name,
                           count(*)::int as children, min(r.since) as since, max(r.level) as level, bool_or(r.red) as red,
                           coalesce(min(f.name), '') as who
                    from r join p on p.pupil_id = r.pupil_id left join f on f.staff_id = r.custodian left join t on t.session_id = r.session_id
                    group by r.kind, r.ref) g
                order by g.red desc,
                         array_position(array['MISSING', 'DISPUTED', 'NO_CUSTODIAN', 'RELEASE_DOUBTED', 'CARD_SAYS_LEFT', 'CARD_SAYS_HERE', 'NOT_HANDED_OVER', 'NOT_COUNTED', 'NOT_SEEN', 'WAITING_LATE', 'CALLED_OUT_LONG'], g.kind),
                         g.since, g.ref
                limit :n
                """,
                Map.of("s", school, "d", day, "n", MOST));
    }

    private static Question<Session> sessions(UUID school, LocalDate day, LocalTime now, LocalTime soon) {
        return new Question<>(
                Session.class,
                """
                with planned as materialized (
                    select n.session_id, count(*) as expected from custody.pub_standing s cross join unnest(s.sessions) as n(session_id)
                    where s.school_id = :s and s.day = :d and not s.closed group by n.session_id),
                here as materialized (
                    select session_id, count(*) as here from custody.pub_standing where school_id = :s and day = :d and state in ('present', 'called_out') and session_id is not null group by session_id)
                select t.session_id as session, coalesce(x.name, k.name, '') as name, coalesce(r.name, '') as room, t.starts, t.ends, coalesce(p.expected, 0)::int as expected, coalesce(h.here, 0)::int as here
                from (select * from timetable.pub_session where school_id = :s and day = :d and state <> 'dropped' and starts <= :soon) t
                left join planned p on p.session_id = t.session_id
                left join here h on h.session_id = t.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class k on k.school_id = t.school_id and k.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                where (p.expected > 0 or h.here > 0) and (t.ends > :now or h.here > 0)
                order by t.starts, coalesce(k.grade, 99), coalesce(k.number, 0), name, t.session_id
                """,
                Map.of("s", school, "d", day, "now", now, "soon", soon));
    }
}
