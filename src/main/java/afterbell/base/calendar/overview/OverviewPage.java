package afterbell.base.calendar.overview;

import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.Preparation;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.engine.BellPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * @param serviceDays by band code
 * @param unconfirmed years whose holidays aren't published yet
 */
public record OverviewPage(
        TermCalendar calendar,
        List<Term> terms,
        LocalDate today,
        List<MonthPicture> months,
        List<Preparation.Dated> timeline,
        Map<String, Integer> serviceDays,
        List<BellPolicy.Remark> remarks,
        List<Integer> unconfirmed,
        boolean mayEdit) {
    public Term term() {
        return calendar.term();
    }
}
