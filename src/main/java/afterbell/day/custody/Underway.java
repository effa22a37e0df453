package afterbell.day.custody;

import afterbell.base.shared.db.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * A child that somebody has sent on and nobody has counted yet: the sender answers for it.
 *
 * @param toName where it should be; empty where it is awaited nowhere
 * @param room of that session, or empty
 * @param who has that session, or empty
 * @param late whether the walking time is over: from then on sender and receiver both see it
 */
public record Underway(UUID pupil, String name, String className, String toName, String room, String who, Instant since, boolean late) {
    private static final UUID NONE = new UUID(0, 0);

    /** In the hands of this account's member of staff. */
    public static Question<Underway> of(UUID school, LocalDate day, UUID account) {
        return asked(school, day, account, NONE, NONE);
    }

    /** In the hands of this member of staff. */
    public static Question<Underway> heldBy(UUID school, LocalDate day, UUID staff) {
        return asked(school, day, NONE, staff, NONE);
    }

    /** Of this class, in whosever hands. */
    public static Question<Underway> ofClass(UUID school, LocalDate day, UUID schoolClass) {
        return asked(school, day, NONE, NONE, schoolClass);
    }

    private static Question<Underway> asked(UUID school, LocalDate day, UUID account, UUID staff, UUID schoolClass) {
        return new Question<>(
                Underway.class,
                """
                select g.pupil_id as pupil, p.name, p.class_name, coalesce(x.name, c.name, '') as to_name, coalesce(r.name, '') as room, coalesce(f.name, '') as who, g.since, 'NOT_COUNTED' = any(g.alarms) as late
                from custody.standing g
                join roster.pub_pupil p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                left join timetable.pub_session t on t.school_id = g.school_id and t.session_id = g.session_id
                left join programme.pub_section x on x.school_id = t.school_id and x.section_id = t.section_id
                left join roster.pub_class c on c.school_id = t.school_id and c.class_id = t.class_id
                left join schools.pub_room r on r.school_id = t.school_id and r.room_id = t.room_id
                left join roster.pub_staff f on f.school_id = g.school_id and f.staff_id = g.stop_custodians[array_position(g.stop_sessions, g.session_id)]
                where g.school_id = :s and g.day = :d and g.state = 'between'
                  and (g.custodian = :f or g.class_id = :c or g.custodian in (select o.staff_id from roster.pub_staff o where o.school_id = :s and o.account_id = :a))
                order by late desc, to_name, p.grade, p.class_number, p.initials, g.pupil_id
                """,
                Map.of("s", school, "d", day, "a", account, "f", staff, "c", schoolClass));
    }

    /** The receiving room in words: where, and with whom. */
    public String receiver() {
        return toName + (room.isEmpty() ? "" : " · " + room) + (who.isEmpty() ? "" : " · " + who);
    }
}
