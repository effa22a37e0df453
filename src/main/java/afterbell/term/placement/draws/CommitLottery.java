package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.web.Screen;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Lottery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * When a round closes: freeze what it will be decided on, and publish the hashes of that and of a secret seed, before the public value exists. What the
 * review mends is committed to when the review ends, with the same seed and a public value that is still to come; the earlier commitments stay readable.
 */
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
        Instance frozen = frozen(school, row);
        Lottery.Commitment said = Lottery.commit(frozen, seed, publicName);
        store.commit(school, row, HexFormat.of().parseHex(seed), said.seedSha256(), said.inputSha256(), files(frozen), publicName, now);
        audit.record(school, "placement.lottery_committed", "round", round, Map.of("seed_sha256", said.seedSha256(), "input_sha256", said.inputSha256()));
    }

    /**
     * Commits to the input as it stands now, where it is another one than was committed to. Nothing happens once the public value stands: whoever knows it
     * could choose.
     *
     * @param cause reviewed or again
     */
    @Transactional
    public void again(UUID school, UUID round, String publicName, String cause) {
        DrawStore.RoundRow row = store.round(school, round);
        store.holdLottery(school, round);
        DrawStore.@Nullable LotteryRow stands = store.lottery(school, round).orElse(null);
        if (stands == null) {
            run(school, round, publicName);
            return;
        }
        if (stands.publicValue() != null || row.reviewing()) return;
        Instance frozen = frozen(school, row);
        String input = inputHash(frozen, stands);
        if (input.equals(stands.inputHash())) return;
        store.commitAgain(school, round, cause, input, files(frozen), publicName, clock.instant());
        audit.record(school, "placement.lottery_committed", "round", round, Map.of("seed_sha256", stands.seedHash(), "input_sha256", input, "cause", cause));
    }

    /** Whether the input is still the one that was committed to. */
    boolean stands(UUID school, DrawStore.RoundRow row, DrawStore.LotteryRow lottery) {
        return inputHash(frozen(school, row), lottery).equals(lottery.inputHash());
    }

    /** Kept with the commitment, so that anybody who may read it can open it without today's data. */
    private static Map<String, String> files(Instance frozen) {
        return InstanceFiles.canonical(Lottery.committed(frozen));
    }

    private static String inputHash(Instance frozen, DrawStore.LotteryRow lottery) {
        return Lottery.commit(frozen, HexFormat.of().formatHex(lottery.seed()), lottery.publicName()).inputSha256();
    }

    /**
     * The input with the lottery's order.
     *
     * @param held sheets of which something has changed since the freeze; they are decided on as they were frozen
     */
    record Drawn(Instance instance, int held) {}

    /** Empty where sheets have changed since the freeze, and the sections so that the frozen ones can't be decided on either. */
    Optional<Drawn> drawn(UUID school, DrawStore.RoundRow round, DrawStore.LotteryRow lottery, String publicValue) {
        String seed = HexFormat.of().formatHex(lottery.seed());
        Instance live = frozen(school, round);
        @Nullable Instance kept = KeptFiles.instance(store.frozen(school, round.id())).orElse(null);
        if (kept == null) return Optional.of(new Drawn(Lottery.draw(live, seed, publicValue), 0));
        Set<String> here = store.atSchool(school);
        int others = SinceFreeze.between(kept, live, here).others();
        Optional<Instance> decided = others == 0 ? Optional.of(live) : SinceFreeze.held(kept, live, here);
        return decided.map(input -> new Drawn(Lottery.draw(input, seed, publicValue), others));
    }

    /** What the round is decided on; the children stand in the order of their ids where the lottery will stand. */
    private Instance frozen(UUID school, DrawStore.RoundRow round) {
        LocalDate on = LocalDate.ofInstant(round.closesAt(), Screen.ZONE);
        Map<UUID, Integer> places = new HashMap<>();
        return input.read(school, round.id(), round.term(), round.maxClubs(), on, child -> places.computeIfAbsent(child, c -> places.size()));
    }
}
