package afterbell.base.audit.reading;

import java.util.List;

/** @param acts what this bureau itself did, newest first */
public record HeadsPage(List<Row> rows, List<Act> acts) {
    public record Row(String school, String code, long entries, String when, String head) {}

    /** @param act key of its words, or empty: then the code is shown */
    public record Act(String when, boolean mine, String act, String code) {}
}
