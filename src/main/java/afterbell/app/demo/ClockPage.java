package afterbell.app.demo;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;

/**
 * Where the demo world's time stands and where it can be put.
 *
 * @param moments the nearest first
 * @param right it tells the machine's time already
 */
public record ClockPage(Instant now, List<Moment> moments, boolean right, List<Refusal> refusals) {
    public ClockPage {
        moments = List.copyOf(moments);
        refusals = List.copyOf(refusals);
    }

    /** @param word of the messages {@code face.clock.*} */
    public record Moment(String word, Instant at) {}
}
