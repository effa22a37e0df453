package afterbell.term.placement.announcing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the places of one round are given, as far as it stands.
 *
 * @param order of the draw
 * @param version of the published orders
 * @param lottery null before the close
 */
public record AnnouncedRoundPage(String school, String code, String name, String order, int version, Instant closesAt, Stage stage, Instant reviewUntil, @Nullable Lottery lottery, List<Freeze> freezes) {
    /** How far a round is; also the key of what happens next. */
    public enum Stage {
        OPEN,
        REVIEW,
        SEALED,
        DRAWN,
        PUBLISHED
    }

    /**
     * @param known when the named value is to be known; null where its name says no day
     * @param run the published result, null before
     */
    public record Lottery(String seedHash, String publicName, @Nullable LocalDateTime known, @Nullable String publicValue, @Nullable Instant revealedAt, @Nullable UUID run) {}

    /** @param cause closed, reviewed or again */
    public record Freeze(String cause, String inputHash, String publicName, Instant at) {}

    public AnnouncedRoundPage {
        freezes = List.copyOf(freezes);
    }

    /** Which of close, value, result stands next. */
    public int step() {
        return switch (stage) {
            case OPEN, REVIEW -> 0;
            case SEALED -> 1;
            case DRAWN -> 2;
            case PUBLISHED -> 3;
        };
    }
}
