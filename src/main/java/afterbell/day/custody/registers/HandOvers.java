package afterbell.day.custody.registers;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every class at the bell: who handed over when, how many stay, were handed over, were received (R78, R90). */
@Component
class HandOvers implements DayRegister {
    private final JdbcClient sql;

    HandOvers(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String code() {
        return "hand-overs";
    }

    @Override
    public int order() {
        return 3;
    }

    @Override
    public String titleKey() {
        return "custody.register.handovers";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "custody.register.column.day", "custody.register.column.class", "custody.register.column.teacher", "custody.register.column.handed_at", "custody.register.column.staying", "custody.register.column.handed",
                "custody.register.column.leave", "custody.register.column.missing", "custody.register.column.received");
    }

    @Override
    public boolean ofClass() {
        return true;
    }

    private record HandOver(LocalDate day, String name, String teacher, @Nullable Timestamp at, int staying, int handed, int away, int missing, int received) {}

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return sql.sql(Told.CTE + """
                , said as (
                    select g.day, g.pupil_id, min(t.at) filter (where t.kind in ('sent', 'counted') and t.custodian = g.class_teacher) as handed,
                           min(t.at) filter (where t.kind = 'missed' and t.session_id is null) as missed, bool_or(t.kind = 'counted') as counted
                    from g join told t on t.day = g.day and t.pupil_id = g.pupil_id group by g.day, g.pupil_id)
                select g.day, c.name, coalesce(min(f.name), '') as teacher, max(greatest(d.handed, d.missed)) as at, count(*)::int as staying, count(d.handed)::int as handed,
                       count(*) filter (where g.state in ('on_leave', 'not_at_school') and d.handed is null)::int as away,
                       count(*) filter (where d.missed is not null and d.handed is null and not coalesce(d.counted, false) and g.state not in ('on_leave', 'not_at_school'))::int as missing,
                       count(*) filter (where d.counted)::int as received
                from g
                join roster.pub_class_ever c on c.school_id = g.school_id and c.class_id = g.class_id
                left join said d on d.day = g.day and d.pupil_id = g.pupil_id
                left join roster.pub_staff_ever f on f.school_id = g.school_id and f.staff_id = g.class_teacher
                where cardinality(g.stop_sessions) > 0
                group by g.day, c.class_id, c.name, c.grade, c.number order by g.day, c.grade, c.number
                """)
                .params(Told.values(span))
                .query(HandOver.class)
                .list()
                .stream()
                .map(h -> List.of(
                        words.date(h.day()),
                        h.name(),
                        h.teacher(),
                        h.at() == null ? words.t("custody.register.not_handed") : Attendance.time(h.at().toInstant(), words),
                        Integer.toString(h.staying()),
                        Integer.toString(h.handed()),
                        Integer.toString(h.away()),
                        Integer.toString(h.missing()),
                        Integer.toString(h.received())))
                .toList();
    }
}
