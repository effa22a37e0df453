package afterbell.day.custody.registers;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Children who were fetched late: when the family wanted to come, who stayed with the child, when it left (R86). */
@Component
class LateBook implements DayRegister {
    private final JdbcClient sql;

    LateBook(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String code() {
        return "late";
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public String titleKey() {
        return "custody.register.late";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "custody.register.column.day", "custody.register.column.class", "custody.register.column.child", "custody.register.column.ends", "custody.register.column.said", "custody.register.column.stayed_with",
                "custody.register.column.went", "custody.register.column.minutes");
    }

    @Override
    public boolean ofClass() {
        return true;
    }

    private record Late(LocalDate day, String className, String name, Timestamp ends, @Nullable Timestamp said, String keeper, @Nullable Timestamp went) {}

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return sql.sql(Told.CTE + """
                , said as (
                    select t.day, t.pupil_id, max(t.at) filter (where t.kind in ('collected', 'with_line', 'walked_home')) as went,
                           (array_agg(t.custodian order by t.at desc) filter (where t.kind = 'kept_late'))[1] as keeper, bool_or(t.kind = 'kept_late') as kept
                    from told t group by t.day, t.pupil_id)
                select g.day, c.name as class_name, p.name, g.stop_ends[cardinality(g.stop_ends)] as ends, k.expected_at as said, coalesce(f.name, '') as keeper, d.went
                from g
                join roster.pub_pupil_ever p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                join roster.pub_class_ever c on c.school_id = g.school_id and c.class_id = g.class_id
                left join said d on d.day = g.day and d.pupil_id = g.pupil_id
                left join custody.late_pickup k on k.school_id = g.school_id and k.day = g.day and k.pupil_id = g.pupil_id
                left join roster.pub_staff_ever f on f.school_id = g.school_id and f.staff_id = d.keeper
                where cardinality(g.stop_ends) > 0
                  and (k.pupil_id is not null or d.kept or exists (select 1 from custody.alarm a where a.school_id = g.school_id and a.day = g.day and a.pupil_id = g.pupil_id and a.kind = 'WAITING_LATE'))
                order by g.day, c.grade, c.number, p.initials
                """)
                .params(Told.values(span))
                .query(Late.class)
                .list()
                .stream()
                .map(l -> List.of(
                        words.date(l.day()),
                        l.className(),
                        l.name(),
                        Attendance.time(l.ends().toInstant(), words),
                        l.said() == null ? "" : Attendance.time(l.said().toInstant(), words),
                        l.keeper(),
                        l.went() == null ? "" : Attendance.time(l.went().toInstant(), words),
                        minutes(l)))
                .toList();
    }

    private static String minutes(Late l) {
        return l.went() == null ? "" : Long.toString(Math.max(0, Duration.between(l.ends().toInstant(), Objects.requireNonNull(l.went()).toInstant()).toMinutes()));
    }
}
