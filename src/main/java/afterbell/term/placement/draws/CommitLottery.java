package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.engine.Digests;
import afterbell.term.placement.engine.Instance;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When a round closes: freeze what it will be decided on, and publish the hashes of that and of a secret seed, before the public value exists. */
@Component
class CommitLottery {
    private final FrozenInput input;
    private final DrawStore store;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CommitLottery(FrozenInput input, DrawStore store, Audit audit, Clock clock) {
        this.input = input;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param publicName what will decide, for example the first national lottery of the day after the close */
    @Transactional
    public void run(UUID school, UUID round, String publicName) {
        DrawStore.RoundRow row = store.round(school, round);
        if (!row.state().equals("closed") || store.lottery(school, round).isPresent()) return;
        Instant now = clock.instant();
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        String seedHash = LotteryOrder.hash(seed);
        String inputHash = Digests.ofInput(beforeTheDraw(school, row));
        store.commit(school, row, seed, seedHash, inputHash, publicName, now);
        audit.record(school, "placement.lottery_committed", "round", round, Map.of("seed_sha256", seedHash, "input_sha256", inputHash));
    }

    /** The input with the children in the order of their ids where the lottery will stand. */
    Instance beforeTheDraw(UUID school, DrawStore.RoundRow round) {
        return read(school, round, Map.of());
    }

    /** The input with the lottery's order. */
    Instance afterTheDraw(UUID school, DrawStore.RoundRow round, byte[] seed, String publicValue) {
        List<UUID> children = FrozenInput.children(beforeTheDraw(school, round));
        return read(school, round, LotteryOrder.of(seed, publicValue, children));
    }

    private Instance read(UUID school, DrawStore.RoundRow round, Map<UUID, Integer> order) {
        Map<UUID, Integer> byId = new HashMap<>();
        LocalDate on = LocalDate.ofInstant(round.closesAt(), Screen.ZONE);
        return input.read(school, round.id(), round.term(), round.maxClubs(), on, child -> order.isEmpty() ? byId.computeIfAbsent(child, c -> byId.size()) : order.getOrDefault(child, order.size()));
    }
}
