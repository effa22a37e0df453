package afterbell.day.duty.workload;

import afterbell.base.shared.web.Screen;
import java.time.YearMonth;
import java.util.List;

/** Everybody's month, the most first. @param arranges sees the other views of duty */
public record WorkloadPage(YearMonth month, List<Row> rows, boolean arranges) {

    /** @param kinds posts in words, with how many of each */
    public record Row(String name, String subject, int turns, int minutes, int stood, int given, List<Count> kinds) {
        public String kinds(Screen screen) {
            return String.join(" · ", kinds.stream().map(k -> screen.t("duty.workload.kind." + k.kind()) + " " + k.count()).toList());
        }
    }

    public record Count(String kind, int count) {}
}
