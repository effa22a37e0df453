package afterbell.day.custody.registers;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every session with its roll: who answered, who tapped, how many were awaited, there, on leave, missing (R80). */
@Component
class Rolls implements DayRegister {
    private final JdbcClient sql;

    Rolls(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String code() {
        return "rolls";
    }

    @Override
    public int order() {
        return 2;
    }

    @Override
    public String titleKey() {
        return "custody.register.rolls";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "custody.register.column.day", "custody.register.column.time", "custody.register.column.session", "custody.register.column.room", "custody.register.column.answers", "custody.register.column.tapped",
                "custody.register.column.rolled", "custody.register.column.expected", "custody.register.column.there", "custody.register.column.leave", "custody.register.column.missing");
    }

    @Override
    public boolean ofClass() {
        return true;
    }

    private record Roll(
            LocalDate day, LocalTime starts, LocalTime ends, String name, String room, String answers, String tapped, @Nullable Timestamp rolled, int expected, int present, int away, int missing) {}

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return sql.sql(Told.CTE + """
                , planned as (
                    select g.day, x.session_id, g.pupil_id, x.custodian, g.state in ('on_leave', 'not_at_school') as away
                    from g cross join lateral unnest(g.stop_sessions, g.stop_custodians) as x (session_id, custodian)),
                said as (
                    select t.day, t.session_id, t.pupil_id, bool_or(t.kind = 'counted') as counted, bool_or(t.kind = 'missed') as missed, max(t.at) as at,
                           (array_agg(t.by order by t.at desc, t.seq desc))[1] as by
                    from told t where t.kind in ('counted', 'missed') and t.session_id is not null group by t.day, t.session_id, t.pupil_id),
                sums as (
                    select coalesce(p.day, d.day) as day, coalesce(p.session_id, d.session_id) as session_id, (array_agg(p.custodian) filter (where p.custodian is not null))[1] as custodian,
                           count(p.pupil_id) filter (where p.pupil_id is not null) as expected, count(*) filter (where d.counted) as present,
                           count(*) filter (where p.away and not coalesce(d.counted, false)) as away, count(*) filter (where d.missed and not d.counted and not coalesce(p.away, false)) as missing,
                           max(d.at) as rolled, (array_agg(d.by order by d.at desc nulls last))[1] as by
                    from planned p full join said d on d.day = p.day and d.session_id = p.session_id and d.pupil_id = p.pupil_id
                    group by 1, 2)
                select u.day, s.starts, s.ends, coalesce(x.name, c.name, '') as name, coalesce(r.name, '') as room, coalesce(a.name, '') as answers, coalesce(b.name, '') as tapped, u.rolled,
                       u.expected::int, u.present::int, u.away::int, u.missing::int
                from sums u
                join timetable.pub_session s on s.school_id = :s and s.session_id = u.session_id
                left join programme.pub_section x on x.school_id = s.school_id and x.section_id = s.section_id
                left join roster.pub_class_ever c on c.school_id = s.school_id and c.class_id = s.class_id
                left join schools.pub_room r on r.school_id = s.school_id and r.room_id = s.room_id
                left join roster.pub_staff_ever a on a.school_id = s.school_id and a.staff_id = u.custodian
                left join lateral (select f.name from roster.pub_staff_ever f where f.school_id = s.school_id and f.account_id = u.by limit 1) b on true
                order by u.day, s.starts, name
                """)
                .params(Told.values(span))
                .query(Roll.class)
                .list()
                .stream()
                .map(r -> List.of(
                        words.date(r.day()),
                        words.time(r.starts()) + "–" + words.time(r.ends()),
                        r.name(),
                        r.room(),
                        r.answers(),
                        r.tapped(),
                        r.rolled() == null ? words.t("custody.register.not_rolled") : Attendance.time(r.rolled().toInstant(), words),
                        Integer.toString(r.expected()),
                        Integer.toString(r.present()),
                        Integer.toString(r.away()),
                        Integer.toString(r.missing())))
                .toList();
    }
}
