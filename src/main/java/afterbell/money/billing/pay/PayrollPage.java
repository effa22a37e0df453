package afterbell.money.billing.pay;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The school's month of pay.
 *
 * @param state running, open, agreed, approved or paid
 * @param undecided sessions without a roll
 * @param acts what this person may do now: agree, approve, pay; empty for nothing
 */
public record PayrollPage(
        YearMonth month, String state, @Nullable LocalDate paidOn, long total, int minutes, List<Row> people, List<Session> undecided, int unheld, boolean scheme, List<Past> months, String acts, boolean decides,
        boolean own, String payOn, List<? extends Refusal> refusals) {

    /** @param sessions and turns by number; minutes of sessions; banked: into the bank of hours */
    public record Row(UUID staff, String name, int sessions, int turns, int minutes, long fixed, long other, boolean asHours, int banked, long fen) {}

    /** @param name of the person planned; empty where nobody answered for it */
    public record Session(UUID id, LocalDate day, String what, String name) {}

    public record Past(YearMonth month, String state) {}

    public String name(Screen screen) {
        return screen.t("billing.wage.month", String.valueOf(month.getYear()), month.getMonthValue());
    }

    public String href() {
        return "/money/pay/" + month;
    }
}
