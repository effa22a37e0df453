package afterbell.day.dismissal.rides;

import afterbell.base.shared.NotFound;
import afterbell.base.shared.Refusal;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.web.Screen;
import afterbell.day.dismissal.LeavingStore;
import afterbell.day.dismissal.LeavingStore.Leaving;
import afterbell.day.dismissal.LeavingStore.Ride;
import afterbell.day.dismissal.Sight;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class ShowRide {
    private final Sight sight;
    private final LeavingStore store;
    private final Clock clock;

    ShowRide(Sight sight, LeavingStore store, Clock clock) {
        this.sight = sight;
        this.store = store;
        this.clock = clock;
    }

    /** A teacher sees the children in his own hands; where none of a ride is, he doesn't find it. */
    @Transactional(readOnly = true)
    RidePage page(Wearer me, UUID id, Set<UUID> staying, List<? extends Refusal> refusals) {
        LocalDate day = LocalDate.ofInstant(clock.instant(), Screen.ZONE);
        Sight.Seen seen = sight.of(me, day);
        Ride ride = store.rides(me.school(), day, id).stream().findFirst().orElseThrow(NotFound::new);
        List<Leaving> children = store.riders(me.school(), day, id).stream().filter(seen::may).toList();
        if (children.isEmpty() && !seen.all()) throw new NotFound();
        return new RidePage(ride, children, staying, refusals);
    }
}
