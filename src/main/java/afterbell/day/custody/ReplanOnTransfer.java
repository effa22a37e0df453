package afterbell.day.custody;

import afterbell.base.roster.RosterEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A child is in another class: whoever has that class this afternoon awaits it. Decides nothing; the clock's job would find the change by itself some minutes later. */
@Component
class ReplanOnTransfer {
    private final ChildDays days;

    ReplanOnTransfer(ChildDays days) {
        this.days = days;
    }

    @EventListener
    void on(RosterEvent changed) {
        switch (changed) {
            case RosterEvent.Transferred e -> days.replan(e.school(), e.day());
        }
    }
}
