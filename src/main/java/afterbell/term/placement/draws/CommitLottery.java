package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Lottery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
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
        String seed = Lottery.newSeed(random);
        Lottery.Commitment said = Lottery.commit(frozen(school, row), seed, publicName);
        store.commit(school, row, HexFormat.of().parseHex(seed), said.seedSha256(), said.inputSha256(), publicName, now);
        audit.record(school, "placement.lottery_committed", "round", round, Map.of("seed_sha256", said.seedSha256(), "input_sha256", said.inputSha256()));
    }

    /** The input with the lottery's order. */
    Instance drawn(UUID school, DrawStore.RoundRow round, byte[] seed, String publicValue) {
        return Lottery.draw(frozen(school, round), HexFormat.of().formatHex(seed), publicValue);
    }

    /** What the round is decided on; the children stand in the order of their ids where the lottery will stand. */
    private Instance frozen(UUID school, DrawStore.RoundRow round) {
        LocalDate on = LocalDate.ofInstant(round.closesAt(), Screen.ZONE);
        Map<UUID, Integer> places = new HashMap<>();
        return input.read(school, round.id(), round.term(), round.maxClubs(), on, child -> places.computeIfAbsent(child, c -> places.size()));
    }
}
