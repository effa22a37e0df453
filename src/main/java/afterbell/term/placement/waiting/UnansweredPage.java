package afterbell.term.placement.waiting;

import java.time.Instant;
import java.util.List;

/** Families of one's classes that hold an offer and have not answered. */
public record UnansweredPage(List<Line> lines) {
    public record Line(String name, String className, String section, Instant until) {}
}
