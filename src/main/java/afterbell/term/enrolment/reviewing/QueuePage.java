package afterbell.term.enrolment.reviewing;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Listing;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.Round;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reviewer's queue of one step.
 *
 * @param next the step after this one; empty where this is the last
 * @param steps the person's steps of this round
 * @param typed how many of the waiting sheets the school typed itself
 */
public record QueuePage(
        Round round,
        String step,
        String next,
        Instant ends,
        Instant now,
        List<String> steps,
        int waiting,
        int returned,
        int typed,
        List<Choice> classes,
        Listing list,
        List<Row> rows,
        List<? extends Refusal> refusals) {

    public record Row(String pupil, String name, String className, boolean takesPart, boolean forFamily, boolean mended, @Nullable String reason, List<Stay> stays, List<Wish> wishes) {}

    /** Weekdays on which a child stays until the same hour. */
    public record Stay(List<Integer> weekdays, LocalTime ends) {}

    /** @param names best first */
    public record Wish(int weekday, String names) {}

    public String href() {
        return "/rounds/" + round.id() + "/review/" + step;
    }

    public String href(String other) {
        return "/rounds/" + round.id() + "/review/" + other;
    }

    public boolean showsReturned() {
        return list.filter("show").equals("returned");
    }

    public boolean over() {
        return !now.isBefore(ends);
    }

    public static List<Choice> reasons(Screen screen) {
        return DecideSheets.REASONS.stream().map(r -> Choice.of(r, screen.t("enrolment.review.reason." + r))).toList();
    }
}
