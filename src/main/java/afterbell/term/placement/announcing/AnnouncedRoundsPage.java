package afterbell.term.placement.announcing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The announced rounds of a school, the latest first.
 *
 * @param code of the school, as addresses name it
 */
public record AnnouncedRoundsPage(String school, String code, List<Line> rounds) {
    /** @param order of the draw */
    public record Line(UUID id, String name, Instant closesAt, String order) {}
}
