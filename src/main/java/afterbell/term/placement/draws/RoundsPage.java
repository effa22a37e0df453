package afterbell.term.placement.draws;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The rounds of a school and how far the draw of each is. */
public record RoundsPage(List<Line> rounds) {
    /** @param state draft, open, closed, unwished (closed, and there is nothing to draw), past (a later term has asked since), running, solved or published */
    public record Line(UUID id, String name, String state, Instant closesAt) {}
}
