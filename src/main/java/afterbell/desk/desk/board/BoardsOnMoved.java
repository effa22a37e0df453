package afterbell.desk.desk.board;

import afterbell.day.custody.CustodyEvent;
import afterbell.day.dismissal.DismissalEvent;
import afterbell.day.duty.DutyEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Pokes the relay once for each committed batch. Decides nothing. */
@Component
class BoardsOnMoved {
    private final Relay relay;

    BoardsOnMoved(Relay relay) {
        this.relay = relay;
    }

    @TransactionalEventListener
    void on(CustodyEvent.Moved moved) {
        relay.poke(moved.school());
    }

    @TransactionalEventListener
    void on(DismissalEvent changed) {
        relay.poke(changed.school());
    }

    @TransactionalEventListener
    void on(DutyEvent changed) {
        relay.poke(changed.school());
    }
}
