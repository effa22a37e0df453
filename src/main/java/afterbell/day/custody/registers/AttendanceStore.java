package afterbell.day.custody.registers;

import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.DayRegister.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Children's days as registers show them: one statement for a span, whatever its length. */
@Component
class AttendanceStore {
    /**
     * One child on one day.
     *
     * @param came first counted; keeper: by whom
     * @param went when it left; how: kind of that entry
     */
    record ChildOn(UUID pupil, String name, String className, LocalDate day, Mark mark, @Nullable Instant came, String keeper, @Nullable Instant went, @Nullable String how) {}

    private final JdbcClient sql;

    AttendanceStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** In order of class, child, day. */
    List<ChildOn> days(Span span) {
        return sql.sql(Told.CTE + """
                , said as (
                    select t.day, t.pupil_id, min(t.at) filter (where t.kind = 'counted') as came, (array_agg(t.custodian order by t.at) filter (where t.kind = 'counted'))[1] as keeper,
                           max(t.at) filter (where t.kind in ('collected', 'with_line', 'walked_home')) as went,
                           (array_agg(t.kind order by t.at desc) filter (where t.kind in ('collected', 'with_line', 'walked_home')))[1] as how,
                           bool_or(t.kind = 'missed') as missed
                    from told t group by t.day, t.pupil_id)
                select g.pupil_id, p.name, c.name as class_name, g.day, g.state, cardinality(g.stop_sessions) > 0 as stays, d.came, coalesce(f.name, '') as keeper, d.went, d.how, coalesce(d.missed, false) as missed
                from g
                join roster.pub_pupil_ever p on p.school_id = g.school_id and p.pupil_id = g.pupil_id
                join roster.pub_class_ever c on c.school_id = g.school_id and c.class_id = g.class_id
                left join said d on d.day = g.day and d.pupil_id = g.pupil_id
                left join roster.pub_staff_ever f on f.school_id = g.school_id and f.staff_id = d.keeper
                order by c.grade, c.number, p.initials, g.pupil_id, g.day
                """)
                .params(Told.values(span))
                .query(AttendanceStore::day)
                .list();
    }

    private static ChildOn day(ResultSet r, int n) throws SQLException {
        @Nullable Timestamp came = r.getTimestamp("came");
        @Nullable Timestamp went = r.getTimestamp("went");
        return new ChildOn(
                r.getObject("pupil_id", UUID.class),
                r.getString("name"),
                r.getString("class_name"),
                r.getObject("day", LocalDate.class),
                Mark.of(State.of(r.getString("state")), r.getBoolean("stays"), came != null, r.getBoolean("missed")),
                came == null ? null : came.toInstant(),
                r.getString("keeper"),
                went == null ? null : went.toInstant(),
                r.getString("how"));
    }
}
