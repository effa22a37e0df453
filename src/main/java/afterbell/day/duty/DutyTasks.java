package afterbell.day.duty;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What there is to do about duty: own posts of today, what colleagues ask, and for those who arrange it the posts of today that nobody answers for. */
@Component
final class DutyTasks implements TaskSource {
    private final JdbcClient sql;
    private final Clock clock;

    DutyTasks(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    private record Counts(int own, int open, int asked, int swaps) {}

    @Override
    public List<Task> tasks(Wearer me) {
        if (me.hat() == Hat.FAMILY) return questions(me);
        if (me.hat() != Hat.STAFF) return List.of();
        LocalDate today = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        boolean arranges = me.is(Role.OFFICE, Role.DUTY_LEADER);
        Counts n = counts(me.school(), me.account(), today, arranges);
        List<Task> tasks = new ArrayList<>();
        if (arranges && n.open() > 0) tasks.add(new Task("duty.task.open", List.of(n.open()), "duty.task.open.note", "/duty/days/" + today, "duty.task.open.go", null, State.DANGER, ""));
        if (n.asked() > 0) tasks.add(new Task("duty.task.asked", List.of(n.asked()), "duty.task.asked.note", "/duty", "duty.task.asked.go", null, State.ATTENTION, ""));
        if (n.swaps() > 0) tasks.add(new Task("duty.task.swaps", List.of(n.swaps()), "duty.task.swaps.note", "/duty", "duty.task.swaps.go", null, State.ATTENTION, ""));
        if (n.own() > 0) tasks.add(new Task("duty.task.own", List.of(n.own()), "", "/duty", "duty.task.own.go", null, State.CALM, ""));
        return tasks;
    }

    private record Question(UUID special, LocalDate day, LocalTime leaves, Instant deadline, long children) {}

    /** Questions about special days that wait for this family. */
    private List<Task> questions(Wearer me) {
        List<UUID> children = me.children(Role.GUARDIAN, Role.CARER);
        if (children.isEmpty()) return List.of();
        return sql.sql("""
                select s.special_id as special, s.day, s.leaves, s.deadline, count(*) as children from duty.special s
                join duty.pub_expected e on e.school_id = s.school_id and e.special_id = s.special_id and not e.answered and e.pupil_id in (:children)
                where s.state = 'asked' and s.deadline > :now group by s.school_id, s.special_id order by s.deadline
                """)
                .param("children", children)
                .param("now", Timestamp.from(clock.instant()))
                .query(Question.class)
                .list()
                .stream()
                .map(q -> new Task("duty.task.special", List.of(q.day().getMonthValue(), q.day().getDayOfMonth(), q.leaves().toString()), "duty.task.special.note", "/special-days/" + q.special(), "duty.task.special.go", q.deadline(), State.ATTENTION, ""))
                .toList();
    }

    private Counts counts(UUID school, UUID account, LocalDate today, boolean arranges) {
        return sql.sql("""
                with self as materialized (select staff_id from roster.pub_staff where school_id = :s and account_id = :a),
                today as materialized (select a.staff_id from duty.answering a where a.school_id = :s and a.day = :today and (:arranges or exists (select 1 from self)))
                select (select count(*)::int from today t join self using (staff_id)) as own,
                       (select count(*)::int from today t where t.staff_id is null) as open,
                       (select count(*)::int from duty.call c join duty.asked x using (school_id, call_id) join self f on f.staff_id = x.staff_id
                        where c.school_id = :s and c.state = 'open' and c.day >= :today and x.refused_at is null) as asked,
                       (select count(*)::int from duty.swap w join self f on f.staff_id = w.to_staff where w.school_id = :s and w.state = 'asked' and w.day >= :today) as swaps
                """)
                .param("s", school)
                .param("a", account)
                .param("today", today)
                .param("arranges", arranges)
                .query(Counts.class)
                .single();
    }
}
