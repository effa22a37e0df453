package afterbell.day.duty.days;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import afterbell.base.shared.web.Screen;
import afterbell.day.duty.FreePeople.Candidate;
import afterbell.day.duty.Line;
import afterbell.day.duty.Substitutes;
import java.util.List;

/**
 * One post of a day.
 *
 * @param free people who could stand there, the best first
 * @param others people who could, though not at hours they have named
 */
public record PostPage(Line line, List<Candidate> free, List<Candidate> others, List<Substitutes.Changed> history, boolean mayChange, boolean over, List<? extends Refusal> refusals) {

    public static List<Choice> reasons(Screen screen) {
        return DropSessions.REASONS.stream().map(r -> Choice.of(r, screen.t("duty.reason." + r))).toList();
    }
}
