package afterbell.term.placement.draws;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.EnrolmentEvent;
import java.time.LocalDate;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The commitment stands or falls with the close: it is made in the closing transaction. It decides no seat (law 7). */
@Component
final class CommitLotteryOnRoundClosed {
    private final CommitLottery commit;
    private final Rules rules;

    CommitLotteryOnRoundClosed(CommitLottery commit, Rules rules) {
        this.commit = commit;
        this.rules = rules;
    }

    @EventListener
    void on(EnrolmentEvent.RoundClosed closed) {
        LocalDate day = LocalDate.ofInstant(closed.at(), Screen.ZONE);
        commit.run(closed.school(), closed.round(), rules.value(closed.school(), day, Rule.LOTTERY_VALUE) + " " + day.plusDays(1));
    }
}
