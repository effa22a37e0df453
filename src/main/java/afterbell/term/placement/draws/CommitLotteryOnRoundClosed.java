package afterbell.term.placement.draws;

import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.EnrolmentEvent;
import java.time.LocalDate;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The commitment stands or falls with the close: it is made in the closing transaction. It decides no seat (law 7). */
@Component
final class CommitLotteryOnRoundClosed {
    private final CommitLottery commit;

    CommitLotteryOnRoundClosed(CommitLottery commit) {
        this.commit = commit;
    }

    @EventListener
    void on(EnrolmentEvent.RoundClosed closed) {
        LocalDate day = LocalDate.ofInstant(closed.at(), Screen.ZONE).plusDays(1);
        commit.run(closed.school(), closed.round(), "welfare-lottery-3d " + day);
    }
}
