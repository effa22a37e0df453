package afterbell.day.custody.alarms;

import afterbell.base.rules.Choices.Hearer;
import afterbell.day.custody.Alerting;
import afterbell.day.custody.CustodyEvent;
import afterbell.day.custody.childday.Alarm;
import afterbell.reach.messaging.Audience;
import afterbell.reach.messaging.NewNotice;
import afterbell.reach.messaging.Notices;
import afterbell.reach.messaging.Words;
import java.util.List;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What only the duty leader can settle, and what no roll or hand-over mends by itself, calls whoever leads today also while nobody looks at the board: a child let
 * go without permission, one whose card has left, one claimed twice. A whole line that was doubted at one moment is one call. What a teacher's next tap mends
 * stays with the board.
 */
@Component
class TellOfRed {
    private final Notices notices;
    private final Alerting alerting;

    TellOfRed(Notices notices, Alerting alerting) {
        this.notices = notices;
        this.alerting = alerting;
    }

    @EventListener
    void on(CustodyEvent.Rung rung) {
        if (!calls(rung.kind())) return;
        for (Audience audience : alerting.staff(rung.school(), rung.day(), Set.of(Hearer.DUTY_LEADER), List.of()))
            notices.tell(new NewNotice(rung.school(), "custody.red", Words.of("custody.notice." + rung.kind().name().toLowerCase(java.util.Locale.ROOT)), "/board", audience)
                    .urgently()
                    .about(rung.pupil())
                    .once("red/" + rung.kind() + "/" + rung.since()));
    }

    private static boolean calls(Alarm.Kind kind) {
        return switch (kind) {
            case RELEASE_DOUBTED, CARD_SAYS_LEFT, DISPUTED -> true;
            case MISSING, NOT_HANDED_OVER, NOT_SEEN, NOT_COUNTED, CARD_SAYS_HERE, NO_CUSTODIAN, CALLED_OUT_LONG, WAITING_LATE -> false;
        };
    }
}
