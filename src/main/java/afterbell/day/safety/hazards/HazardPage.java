package afterbell.day.safety.hazards;

import afterbell.base.shared.Refusal;
import afterbell.day.safety.Said;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param name of the checklist, null for something seen outside a round @param mends may mend it @param confirms may say that it is mended */
public record HazardPage(
        Hazard hazard, @Nullable Said name, String what, String responsible, LocalDate today, boolean mends, boolean confirms, List<Step> steps, String typed, List<? extends Refusal> refusals) {
    public record Step(String kind, String which, Instant at, String by, String note, @Nullable UUID photo) {}
}
