package afterbell.day.custody.registers;

import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leave as the chain heard it: whose, how told, who wrote it down, whether it was taken back (R82). Why is asked of nobody. */
@Component
class LeaveBook implements DayRegister {
    private final JdbcClient sql;

    LeaveBook(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public String code() {
        return "leave";
    }

    @Override
    public int order() {
        return 4;
    }

    @Override
    public String titleKey() {
        return "custody.register.leave";
    }

    @Override
    public List<String> columnKeys() {
        return List.of(
                "custody.register.column.day", "custody.register.column.class", "custody.register.column.child", "custody.register.column.told", "custody.register.column.written", "custody.register.column.at", "custody.register.column.outcome");
    }

    @Override
    public boolean ofClass() {
        return true;
    }

    private record Leave(LocalDate day, String className, String name, String told, String written, Timestamp at, boolean lifted, boolean came) {}

    @Override
    public List<List<String>> rows(Span span, Screen words) {
        return sql.sql(Told.CTE + """
                select t.day, c.name as class_name, p.name, t.word as told, coalesce(b.name, '') as written, t.at,
                       exists (select 1 from told l where l.day = t.day and l.pupil_id = t.pupil_id and l.kind = 'excuse_lifted' and l.seq > t.seq) as lifted,
                       exists (select 1 from told l where l.day = t.day and l.pupil_id = t.pupil_id and l.kind = 'counted') as came
                from told t
                join g on g.day = t.day and g.pupil_id = t.pupil_id
                join roster.pub_pupil_ever p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                join roster.pub_class_ever c on c.school_id = g.school_id and c.class_id = g.class_id
                left join lateral (select f.name from roster.pub_staff_ever f where f.school_id = g.school_id and f.account_id = t.by and t.word <> 'IN_APP' limit 1) b on true
                where t.kind = 'excused' order by t.day, c.grade, c.number, p.initials, t.seq
                """)
                .params(Told.values(span))
                .query(Leave.class)
                .list()
                .stream()
                .map(l -> List.of(
                        words.date(l.day()),
                        l.className(),
                        l.name(),
                        words.t("custody.told." + l.told()),
                        l.written().isEmpty() ? words.t("custody.register.family") : l.written(),
                        words.dateTime(l.at().toInstant()),
                        words.t(l.lifted() ? "custody.register.leave.lifted" : l.came() ? "custody.register.leave.came" : "custody.register.leave.held")))
                .toList();
    }
}
