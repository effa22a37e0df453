package afterbell.base.calendar.overview;

import afterbell.base.calendar.MonthPicture;
import afterbell.base.calendar.Preparation;
import afterbell.base.calendar.Term;
import afterbell.base.calendar.TermCalendar;
import afterbell.base.calendar.TermProgress;
import afterbell.base.calendar.engine.BellPolicy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param progress how far the tasks are, where a room knows; empty for readers who do not lead the preparation
 * @param serviceDays by band code
 * @param unconfirmed years whose holidays aren't published yet
 */
public record OverviewPage(
        TermCalendar calendar,
        List<Term> terms,
        LocalDate today,
        List<MonthPicture> months,
        List<Preparation.Dated> timeline,
        Map<Preparation.Task, TermProgress.Step> progress,
        Map<String, Integer> serviceDays,
        List<BellPolicy.Remark> remarks,
        List<Integer> unconfirmed,
        boolean mayEdit) {
    public Term term() {
        return calendar.term();
    }

    /** Tasks that are over their day and not finished. */
    public List<Preparation.Dated> late() {
        return timeline.stream().filter(d -> d.until().isBefore(today) && open(d)).toList();
    }

    private boolean open(Preparation.Dated dated) {
        TermProgress.@Nullable Step step = progress.get(dated.task());
        return step != null && !step.finished();
    }
}
