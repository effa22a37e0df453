package afterbell.day.safety.visiting;

import afterbell.base.shared.Refusal;
import java.util.List;

/** @param onPost who stands at the gates today, or empty @param acts whether the person may let in and out @param gone came or were refused today, newest first */
public record GatePage(String onPost, List<Row> waiting, List<Row> inside, List<Row> expected, List<Row> gone, boolean acts, List<? extends Refusal> refusals) {
    /** @param stale inside since another day: somebody forgot to sign out */
    public record Row(Visit visit, String name, String host, boolean stale) {
        public String href(String act) {
            return "/visits/" + visit.id() + act;
        }
    }

    public int peopleInside() {
        return inside.stream().mapToInt(r -> r.visit().people()).sum();
    }
}
