package afterbell.day.dismissal.gate;

import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.Release.Handing;
import java.util.List;

/** @param typedName somebody who is not on the list, as typed */
public record HandingPage(Handing handing, String typedName, List<? extends Refusal> refusals) {
    public String href() {
        return "/gate/" + handing.child().pupil();
    }

    public boolean delegates() {
        return handing.ways().takers().stream().anyMatch(t -> t.byCode());
    }
}
