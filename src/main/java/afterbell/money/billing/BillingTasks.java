package afterbell.money.billing;

import afterbell.base.shared.access.Hat;
import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What waits about money: a family's bill, finance's period. A school that does not charge has none of both rows, and so no word (C7). */
@Component
class BillingTasks implements TaskSource {
    private final Clock clock;

    BillingTasks(Clock clock) {
        this.clock = clock;
    }

    /** @param shown fen of it that may not be asked for yet */
    private record Due(UUID pupil, String name, long fen, long shown) {}

    private record Objections(int waiting) {}

    private record Ready(UUID period, LocalDate from) {}

    @Override
    public List<Asked<?>> asked(Wearer me) {
        List<Asked<?>> asked = new ArrayList<>();
        List<UUID> children = me.children(Role.GUARDIAN);
        if (me.hat() == Hat.FAMILY && !children.isEmpty())
            asked.add(new Asked<>(
                    new Question<>(
                            Due.class,
                            """
                            select p.pupil_id as pupil, p.name, b.fen, least(coalesce(h.fen, 0), b.fen) as shown
                            from (select school_id, pupil_id, sum(fen)::bigint as fen from billing.posting where account = 'family' and pupil_id = any(cast(:pupils as uuid[])) group by school_id, pupil_id) b
                            join roster.pub_pupil p on p.school_id = b.school_id and p.pupil_id = b.pupil_id
                            left join (%s) h on h.pupil = b.pupil_id
                            where b.fen > 0 order by p.pupil_id
                            """.formatted(OnShow.HELD),
                            Map.of("pupils", children.toArray(UUID[]::new), "today", today())),
                    due -> due.stream().flatMap(d -> tasks(d).stream()).toList()));
        if (me.hat() == Hat.STAFF && me.is(Role.FINANCE))
            asked.add(new Asked<>(
                    new Question<>(Objections.class, "select count(*)::int as waiting from billing.objection where school_id = :s and answer is null having count(*) > 0", Map.of("s", me.school())),
                    waiting -> waiting.stream().map(w -> new Task("billing.task.objections", List.of(w.waiting()), "billing.task.objections.note", "/charges/objections", "billing.task.objections.button", null, State.ATTENTION, "")).toList()));
        if (me.hat() == Hat.STAFF && me.is(Role.FINANCE))
            asked.add(new Asked<>(
                    new Question<>(
                            Ready.class,
                            """
                            select p.period_id as period, p.from_day as "from" from billing.period p join billing.tariff t using (school_id, tariff_id)
                            where p.school_id = :s and p.until_day < :today and t.dropped_at is null and t.collects_from <= :today
                              and not exists (select 1 from billing.locking l where l.school_id = p.school_id and l.period_id = p.period_id and l.turn > 0) order by p.from_day limit 1
                            """,
                            Map.of("s", me.school(), "today", today())),
                    ready -> ready.stream().map(BillingTasks::task).toList()));
        return asked;
    }

    private static List<Task> tasks(Due due) {
        List<Task> tasks = new ArrayList<>();
        if (due.fen() > due.shown()) tasks.add(task("billing.task.due", due, due.fen() - due.shown(), State.ATTENTION));
        if (due.shown() > 0) tasks.add(task("billing.task.shown", due, due.shown(), State.CALM));
        return tasks;
    }

    private static Task task(String key, Due due, long fen, State state) {
        return new Task(key, List.of(BigDecimal.valueOf(fen, 2)), key + ".note", "/children/" + due.pupil() + "/bill", "billing.task.due.button", null, state, due.name());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Screen.ZONE);
    }

    private static Task task(Ready ready) {
        return new Task("billing.task.close", List.of(ready.from().getMonthValue()), "billing.task.close.note", "/charges/" + ready.period(), "billing.task.close.button", null, State.ATTENTION, "");
    }
}
