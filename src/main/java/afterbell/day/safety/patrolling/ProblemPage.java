package afterbell.day.safety.patrolling;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param typed what was typed about the settling where it was refused @param may whether the person may settle it */
public record ProblemPage(Problem problem, String place, String contact, boolean may, List<Step> steps, String typed, List<? extends Refusal> refusals) {
    /** @param photo id of the entry that holds one, or null */
    public record Step(String kind, Instant at, String by, String note, @Nullable UUID photo) {}
}
