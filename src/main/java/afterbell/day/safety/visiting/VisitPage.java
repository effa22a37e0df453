package afterbell.day.safety.visiting;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;

/** @param host whether the person looking is the host @param gate whether the person may let in and out */
public record VisitPage(
        Visit visit, String name, String phone, String plate, String note, String hostName, boolean host, boolean gate, List<Step> steps, List<? extends Refusal> refusals) {
    public record Step(String kind, String how, Instant at, String by) {}

    public String href(String act) {
        return "/visits/" + visit.id() + act;
    }
}
