package afterbell.money.billing;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.db.Question;
import afterbell.base.shared.web.Screen;
import afterbell.base.shared.web.TaskSource;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What waits for a second pair of eyes or for an answer: a month of pay, spending, differences of a bill, a sheet to publish. A school without money has none of these rows. */
@Component
final class ShowingTasks implements TaskSource {
    private final Clock clock;

    ShowingTasks(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param agreed the oldest month that waits for approval; approved: the oldest to be paid; null where there is none
     * @param differences still open, of all files that were brought
     * @param unpublished whether last month's pay is approved and its sheet is not published
     */
    record Waiting(@Nullable LocalDate agreed, @Nullable LocalDate approved, int spending, boolean pays, boolean open, int differences, boolean unpublished) {}

    @Override
    public List<Asked<?>> asked(Wearer me) {
        if (!me.is(Role.FINANCE, Role.PRINCIPAL)) return List.of();
        LocalDate before = YearMonth.from(LocalDate.ofInstant(clock.instant(), Screen.ZONE)).minusMonths(1).atDay(1);
        Question<Waiting> waiting = new Question<>(
                Waiting.class,
                """
                select (select min(month) from billing.pay_month where school_id = :s and state = 'agreed' and agreed_by is distinct from :me) as agreed,
                       (select min(month) from billing.pay_month where school_id = :s and state = 'approved') as approved,
                       (select count(*)::int from billing.spending where school_id = :s and state = 'entered' and entered_by is distinct from :me) as spending,
                       exists (select 1 from billing.pay_scheme where school_id = :s and from_day <= :before) as pays,
                       not exists (select 1 from billing.pay_month where school_id = :s and month = :before) as open,
                       (select count(*)::int from billing.difference where school_id = :s and closed_at is null) as differences,
                       exists (select 1 from billing.pay_month where school_id = :s and month = :before and state <> 'agreed')
                           and not exists (select 1 from billing.publication where school_id = :s and kind = 'month' and from_day = :before) as unpublished
                """,
                Map.of("s", me.school(), "me", me.account(), "before", before));
        return List.of(new Asked<>(waiting, found -> found.stream().flatMap(w -> tasks(me, w, before).stream()).toList()));
    }

    private static List<Task> tasks(Wearer me, Waiting w, LocalDate before) {
        List<Task> tasks = new ArrayList<>();
        if (me.is(Role.PRINCIPAL) && w.agreed() != null) tasks.add(month("billing.task.approve", w.agreed()));
        if (me.is(Role.FINANCE) && w.approved() != null) tasks.add(month("billing.task.pay", w.approved()));
        if (me.is(Role.FINANCE) && w.pays() && w.open()) tasks.add(month("billing.task.agree", before));
        if (me.is(Role.FINANCE) && w.differences() > 0) tasks.add(new Task("billing.task.differences", List.of(w.differences()), "", "/money/reconciling", "billing.task.differences.go", null, State.ATTENTION, ""));
        if (me.is(Role.FINANCE) && w.unpublished())
            tasks.add(new Task("billing.task.publish", List.of(String.valueOf(before.getYear()), before.getMonthValue()), "", "/money/publications/preview?kind=month&from=" + before, "billing.task.publish.go", null, State.ATTENTION, ""));
        if (me.is(Role.PRINCIPAL) && w.spending() > 0) tasks.add(new Task("billing.task.spending", List.of(w.spending()), "", "/money/spending", "billing.task.spending.go", null, State.ATTENTION, ""));
        return tasks;
    }

    private static Task month(String key, LocalDate month) {
        return new Task(key, List.of(String.valueOf(month.getYear()), month.getMonthValue()), "", "/money/pay?month=" + YearMonth.from(month), "billing.task.month.go", null, State.ATTENTION, "");
    }
}
