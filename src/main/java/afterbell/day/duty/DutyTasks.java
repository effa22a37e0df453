package afterbell.day.duty;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What there is to do about duty: own posts of today, what colleagues ask, for those who arrange it the posts of today that nobody answers for, and for
 * families the questions about special days.
 */
@Component
final class DutyTasks implements TaskSource {
    private final Clock clock;

    DutyTasks(Clock clock) {
        this.clock = clock;
    }

    record Counts(int own, int open, int asked, int swaps) {}

    record Waiting(UUID special, LocalDate day, LocalTime leaves, Instant deadline) {}

    @Override
    public List<Asked<?>> asked(Wearer me) {
        return switch (me.hat()) {
            case STAFF -> List.of(new Asked<>(counts(me), found -> found.stream().flatMap(n -> tasks(me, n).stream()).toList()));
            case FAMILY -> families(me);
            case BUREAU, ACCOUNT, PUBLIC, DOOR -> List.of();
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static boolean arranges(Wearer me) {
        return me.is(Role.OFFICE, Role.DUTY_LEADER);
    }

    private Question<Counts> counts(Wearer me) {
        return new Question<>(
                Counts.class,
                """
                with self as materialized (select staff_id from roster.pub_staff where school_id = :s and account_id = :a),
                today as materialized (select a.staff_id from duty.answering a where a.school_id = :s and a.day = :today and (:arranges or exists (select 1 from self)))
                select (select count(*)::int from today t join self using (staff_id)) as own,
                       (select count(*)::int from today t where t.staff_id is null) as open,
                       (select count(*)::int from duty.call c join duty.asked x using (school_id, call_id) join self f on f.staff_id = x.staff_id
                        where c.school_id = :s and c.state = 'open' and c.day >= :today and x.refused_at is null) as asked,
                       (select count(*)::int from duty.swap w join self f on f.staff_id = w.to_staff where w.school_id = :s and w.state = 'asked' and w.day >= :today) as swaps
                """,
                Map.of("s", me.school(), "a", me.account(), "today", today(), "arranges", arranges(me)));
    }

    private List<Task> tasks(Wearer me, Counts n) {
        List<Task> tasks = new ArrayList<>();
        if (arranges(me) && n.open() > 0) tasks.add(new Task("duty.task.open", List.of(n.open()), "duty.task.open.note", "/duty/days/" + today(), "duty.task.open.go", null, State.DANGER, ""));
        if (n.asked() > 0) tasks.add(new Task("duty.task.asked", List.of(n.asked()), "duty.task.asked.note", "/duty", "duty.task.asked.go", null, State.ATTENTION, ""));
        if (n.swaps() > 0) tasks.add(new Task("duty.task.swaps", List.of(n.swaps()), "duty.task.swaps.note", "/duty", "duty.task.swaps.go", null, State.ATTENTION, ""));
        if (n.own() > 0) tasks.add(new Task("duty.task.own", List.of(n.own()), "", "/duty", "duty.task.own.go", null, State.CALM, ""));
        return tasks;
    }

    /** Questions about special days that wait for this family. */
    private List<Asked<?>> families(Wearer me) {
        List<UUID> children = me.children(Role.GUARDIAN, Role.CARER);
        if (children.isEmpty()) return List.of();
        Question<Waiting> waiting = new Question<>(
                Waiting.class,
                """
                select s.special_id as special, s.day, s.leaves, s.deadline from duty.special s
                where s.state = 'asked' and s.deadline > :now
                  and exists (select 1 from duty.pub_expected e where e.school_id = s.school_id and e.special_id = s.special_id and not e.answered and e.pupil_id in (:children))
                order by s.deadline
                """,
                Map.of("children", children, "now", Timestamp.from(clock.instant())));
        return List.of(new Asked<>(waiting, found -> found.stream().map(DutyTasks::task).toList()));
    }

    private static Task task(Waiting q) {
        return new Task("duty.task.special", List.of(q.day().getMonthValue(), q.day().getDayOfMonth(), q.leaves().toString()), "duty.task.special.note", "/special-days/" + q.special(), "duty.task.special.go", q.deadline(), State.ATTENTION, "");
    }
}
