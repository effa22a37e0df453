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

    private record Due(UUID pupil, String name, long fen) {}

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
                            select p.pupil_id as pupil, p.name, sum(b.fen)::bigint as fen from billing.posting b join roster.pub_pupil p on p.school_id = b.school_id and p.pupil_id = b.pupil_id
                            where b.account = 'family' and b.pupil_id in (:children) group by p.pupil_id, p.name having sum(b.fen) > 0 order by p.pupil_id
                            """,
                            Map.of("children", children)),
                    due -> due.stream().map(BillingTasks::task).toList()));
        if (me.hat() == Hat.STAFF && me.is(Role.FINANCE))
            asked.add(new Asked<>(
                    new Question<>(
                            Ready.class,
                            """
                            select p.period_id as period, p.from_day as "from" from billing.period p join billing.tariff t using (school_id, tariff_id)
                            where p.school_id = :s and p.until_day < :today and t.dropped_at is null and t.collects_from <= :today
                              and not exists (select 1 from billing.locking l where l.school_id = p.school_id and l.period_id = p.period_id and l.turn > 0) order by p.from_day limit 1
                            """,
                            Map.of("s", me.school(), "today", LocalDate.ofInstant(clock.instant(), Screen.ZONE))),
                    ready -> ready.stream().map(BillingTasks::task).toList()));
        return asked;
    }

    private static Task task(Due due) {
        return new Task("billing.task.due", List.of(BigDecimal.valueOf(due.fen(), 2)), "billing.task.due.note", "/children/" + due.pupil() + "/bill", "billing.task.due.button", null, State.ATTENTION, due.name());
    }

    private static Task task(Ready ready) {
        return new Task("billing.task.close", List.of(ready.from().getMonthValue()), "billing.task.close.note", "/charges/" + ready.period(), "billing.task.close.button", null, State.ATTENTION, "");
    }
}
