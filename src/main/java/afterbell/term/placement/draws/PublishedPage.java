package afterbell.term.placement.draws;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The published draws of a school, for its bureau.
 *
 * @param code of the school, as public addresses name it
 */
public record PublishedPage(UUID school, String name, String code, List<Line> draws) {
    /** @param order of the draw */
    public record Line(UUID run, String round, String order, Instant at) {}
}
