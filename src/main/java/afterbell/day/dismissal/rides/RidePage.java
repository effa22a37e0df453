package afterbell.day.dismissal.rides;

import afterbell.base.shared.Refusal;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Ride;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** @param children who are to go with it and are still at school @param staying those tapped as staying */
public record RidePage(Ride ride, List<Leaving> children, Set<UUID> staying, List<? extends Refusal> refusals) {
    public String href() {
        return "/rides/" + ride.id();
    }
}
