package afterbell.day.safety.evidence;

import afterbell.day.safety.Incident;
import afterbell.day.safety.Plan;
import afterbell.day.safety.Said;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evidence on paper. @param children class and name of those concerned */
public record ReportPage(Incident incident, Plan plan, List<String> children, List<Told> told, List<Line> lines, String head) {
    /** @param step what was done, null for other entries */
    public record Line(int seq, Instant at, String kind, String words, String by, String file, @Nullable Said step, String hash) {}

    public record Told(Instant at, int families, int opened, int unreachable) {}
}
