package afterbell.day.duty.roster;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.Line;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A week: posts by days.
 *
 * @param drafts posts that are drafted and not published
 * @param told people who will be told by publishing
 * @param ratios what the rules ask for and the week lacks
 * @param open posts of the week, also classes and sessions, that nobody answers for
 */
public record RosterPage(
        LocalDate monday, List<LocalDate> days, List<Row> rows, int drafts, int told, List<Ratio> ratios, List<Line> open, boolean mayChange, boolean past, List<? extends Refusal> refusals) {

    /** One post through the week; cells stand in the order of the days. */
    public record Row(Line named, List<Cell> cells) {
        public String label(Screen screen) {
            return named.label(screen);
        }
    }

    /** @param who empty where nobody stands there @param href null where the day has no such post */
    public record Cell(LocalDate day, String who, boolean draft, @Nullable String href) {
        public boolean open() {
            return href != null && who.isEmpty();
        }
    }

    /** @param key of the sentence @param clause what the rules say */
    public record Ratio(String key, LocalDate day, String what, int has, int wants, String clause, String rule) {}
}
