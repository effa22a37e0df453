package afterbell.base.schools.places;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;

/** @param typed the name as typed where it was refused */
public record SpotsPage(Spot spot, List<Row> rows, String typed, List<? extends Refusal> refusals) {
    public record Row(UUID id, String name) {}
}
