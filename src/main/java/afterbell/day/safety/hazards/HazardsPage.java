package afterbell.day.safety.hazards;

import afterbell.day.safety.Check;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param leads whether the person may make rounds and change checklists */
public record HazardsPage(LocalDate today, List<Row> open, List<Round> rounds, boolean leads, boolean office) {
    public record Row(Hazard hazard, String what, String responsible) {}

    /** @param last day of the last round, null for never */
    public record Round(Check check, @Nullable LocalDate last, LocalDate next) {}

    public long overdue() {
        return open.stream().filter(r -> r.hazard().overdue(today)).count();
    }
}
