package afterbell.day.duty.mine;

import afterbell.base.shared.Refusal;
import afterbell.day.duty.Line;
import afterbell.day.duty.Substitutes;
import afterbell.day.duty.Swaps;
import java.time.LocalDate;
import java.util.List;

/**
 * What a person answers for.
 *
 * @param known whether the account belongs to somebody of the staff
 * @param asked open posts that colleagues ask for
 * @param swaps that wait for this person's answer
 * @param sent swaps that wait for somebody else's
 * @param given posts given up that nobody has taken yet
 * @param arranges may arrange everybody's posts
 */
public record MinePage(
        boolean known,
        LocalDate today,
        List<Day> days,
        List<Substitutes.Waiting> asked,
        List<Swaps.Shown> swaps,
        List<Swaps.Shown> sent,
        List<Line> given,
        boolean arranges,
        List<? extends Refusal> refusals) {

    public record Day(LocalDate day, List<Line> lines) {}

    public boolean nothing() {
        return days.isEmpty() && asked.isEmpty() && swaps.isEmpty() && sent.isEmpty() && given.isEmpty();
    }
}
