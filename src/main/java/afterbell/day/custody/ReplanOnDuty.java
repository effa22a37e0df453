package afterbell.day.custody;

import afterbell.day.duty.DutyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The duty roster has changed: the afternoon's plan is looked up again. Decides nothing; the clock's job would find the change by itself some minutes later. */
@Component
class ReplanOnDuty {
    private final ChildDays days;

    ReplanOnDuty(ChildDays days) {
        this.days = days;
    }

    @EventListener
    void on(DutyEvent changed) {
        switch (changed) {
            case DutyEvent.SessionDropped e -> days.replan(e.school(), e.day());
            case DutyEvent.SessionRestored e -> days.replan(e.school(), e.day());
            case DutyEvent.SubstituteFound e -> days.replan(e.school(), e.day());
            case DutyEvent.PostOpened e -> days.replan(e.school(), e.day());
        }
    }
}
