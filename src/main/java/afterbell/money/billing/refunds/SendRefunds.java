package afterbell.money.billing.refunds;

import afterbell.base.schools.EverySchool;
import afterbell.base.shared.Rounds;
import afterbell.money.billing.BackToPayer;
import afterbell.money.billing.Refunds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Sends refunds back through their channels, some at a time. Each is marked before the channel is asked and carries its own number, so a node killed in between
 * leaves only questions that may be asked again; another node asks them after a while.
 */
@Component
class SendRefunds {
    static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 20;
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Refunds refunds;
    private final ObjectProvider<BackToPayer> channels;
    private final Clock clock;

    SendRefunds(Refunds refunds, ObjectProvider<BackToPayer> channels, EverySchool schools, Rounds rounds, Clock clock) {
        this.refunds = refunds;
        this.channels = channels;
        this.clock = clock;
        rounds.every("refunds", EVERY, () -> schools.run("refunds", this::run));
    }

    /** Goes on until nothing waits. Answers how many were asked for. */
    int run(UUID school) {
        BackToPayer channel = channels.getIfAvailable();
        if (channel == null || !channel.serves(school)) return 0;
        int asked = 0;
        for (List<Refunds.Row> rows = claim(school); !rows.isEmpty(); rows = claim(school)) {
            for (Refunds.Row row : rows) refunds.answered(school, row, channel.send(school, row.wanted()));
            asked += rows.size();
        }
        return asked;
    }

    private List<Refunds.Row> claim(UUID school) {
        return refunds.claim(school, AT_ONCE, clock.instant().minus(PATIENCE));
    }
}
