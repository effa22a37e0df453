package afterbell.term.placement.draws;

import afterbell.base.rules.Rule;
import afterbell.base.rules.Rules;
import afterbell.base.shared.web.Screen;
import afterbell.term.enrolment.EnrolmentEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A commitment stands or falls with the close, and with the end of the review: it is made in that transaction. It decides no seat (law 7). */
@Component
final class CommitLotteryOnFrozenSheets {
    private final CommitLottery commit;
    private final Rules rules;

    CommitLotteryOnFrozenSheets(CommitLottery commit, Rules rules) {
        this.commit = commit;
        this.rules = rules;
    }

    @EventListener
    void on(EnrolmentEvent.RoundClosed closed) {
        commit.run(closed.school(), closed.round(), toCome(closed.school(), closed.at()));
    }

    @EventListener
    void on(EnrolmentEvent.ReviewEnded ended) {
        commit.again(ended.school(), ended.round(), toCome(ended.school(), ended.at()), "reviewed");
    }

    private String toCome(UUID school, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, Screen.ZONE);
        return rules.value(school, day, Rule.LOTTERY_VALUE) + " " + day.plusDays(1);
    }
}
