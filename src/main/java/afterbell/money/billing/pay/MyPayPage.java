package afterbell.money.billing.pay;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One's own month on a phone.
 *
 * @param state running, open, agreed, approved or paid
 * @param fen money of the month so far
 * @param banked minutes that go into the bank of hours
 * @param bank minutes in the bank
 * @param example one line of one's own worked out; null where there is none by the period
 * @param listed false for an account that stands on no list of staff
 */
public record MyPayPage(
        YearMonth month,
        String state,
        @Nullable LocalDate paidOn,
        long fen,
        int banked,
        long fixed,
        long other,
        List<Line> lines,
        List<Waiting> waiting,
        SchemePage.@Nullable Shown scheme,
        @Nullable Line example,
        boolean asHours,
        int bank,
        boolean listed,
        boolean running,
        List<? extends Refusal> refusals) {

    /** @param minutes 0 for a turn; rate: fen a period or turn; substitute: percent for standing in, 100 where nobody was stood in for */
    public record Line(LocalDate day, String work, String what, int minutes, int periodMinutes, long rate, int percent, int substitute, boolean stood, long cut, long fen) {
        /** Periods with at most two decimals. */
        public String periods() {
            return periodsOf(minutes, periodMinutes);
        }

        public String name(Screen screen) {
            return what.isEmpty() ? screen.t("billing.wage.work." + work) : what;
        }
    }

    public record Waiting(LocalDate day, String what) {}

    static String periodsOf(int minutes, int periodMinutes) {
        return BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(periodMinutes), 2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    /** Minutes as hours and minutes. */
    public static String time(Screen screen, int minutes) {
        return screen.t("billing.wage.time", minutes / 60, minutes % 60);
    }

    public String name(Screen screen) {
        return screen.t("billing.wage.month", String.valueOf(month.getYear()), month.getMonthValue());
    }
}
