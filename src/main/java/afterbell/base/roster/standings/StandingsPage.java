package afterbell.base.roster.standings;

import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Standings that wait for a second person, then those that count.
 *
 * @param me whoever looks: what one has entered oneself, another must confirm
 */
public record StandingsPage(UUID me, boolean mayImport, List<Line> waiting, List<Line> counting, List<Refusal> refusals) {

    /** @param until null where it has no end */
    public record Line(UUID id, String pupil, String className, String category, LocalDate from, @Nullable LocalDate until, @Nullable UUID enteredBy, boolean confirmed) {}

    public boolean mayConfirm(Line line) {
        return !me.equals(line.enteredBy());
    }

    public long confirmable() {
        return waiting.stream().filter(this::mayConfirm).count();
    }
}
