package afterbell.day.safety.patrolling;

import afterbell.base.shared.Refusal;
import afterbell.day.safety.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A day's walk. @param open problems not settled yet, of any day */
public record WalkPage(LocalDate day, List<Row> areas, List<Row> rooms, List<Found> open, List<? extends Refusal> refusals) {
    /** @param responsible who answers for the area today, or empty @param at when it was walked last today, null for not yet @param problem whether something is open there */
    public record Row(Place place, String responsible, @Nullable Instant at, String by, boolean problem) {}

    public record Found(Problem problem, String place, String note, String contact) {}

    public long walked() {
        return areas.stream().filter(a -> a.at() != null).count();
    }

    public long roomsWalked() {
        return rooms.stream().filter(r -> r.at() != null).count();
    }
}
