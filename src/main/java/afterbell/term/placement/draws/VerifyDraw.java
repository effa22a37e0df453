package afterbell.term.placement.draws;

import afterbell.base.audit.Audit;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Wearer;
import afterbell.term.placement.engine.Complaint;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Lottery;
import afterbell.term.placement.engine.check.Lie;
import afterbell.term.placement.engine.check.PublishedFiles;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Law 5: recomputes a run from its stored files with the independent checker, and opens the lottery's commitment. Nothing is solved. */
@Component
class VerifyDraw {
    private final DrawStore store;
    private final Audit audit;

    VerifyDraw(DrawStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
    }

    @Transactional
    public VerifyPage page(Wearer me, UUID roundId, UUID runId) {
        UUID school = me.school();
        DrawStore.RoundRow round = store.round(school, roundId);
        DrawStore.RunRow run = store.run(school, runId);
        DrawStore.LotteryRow l = store.lottery(school, run.round()).orElseThrow(NotFound::new);
        Map<String, byte[]> files = store.files(school, runId);
        audit.record(school, "placement.run_verified", "run", runId, Map.of());
        Optional<Instance> frozen = KeptFiles.instance(store.frozen(school, run.round()));
        return KeptFiles.within(files, folder -> switch (InstanceFiles.read(folder)) {
            case InstanceFiles.Refused refused -> new VerifyPage(roundId, runId, round.name(), refused.complaints().stream().map(Complaint::sentence).toList(), false, false, 0, List.of(), 0, 0, 0);
            case InstanceFiles.Read read -> found(roundId, run, round.name(), read.instance(), declined(files), frozen, store.atSchool(school), l, store.commitments(school, run.round()), PublishedFiles.verify(read.instance(), folder), PublishedFiles.seats(folder).size());
        });
    }

    static List<DeclinedWishes.Row> declined(Map<String, byte[]> files) {
        byte @Nullable [] text = files.get(DeclinedWishes.FILE);
        return text == null ? List.of() : DeclinedWishes.read(new String(text, StandardCharsets.UTF_8));
    }

    private static VerifyPage found(UUID round, DrawStore.RunRow run, String name, Instance decided, List<DeclinedWishes.Row> declined, Optional<Instance> kept, Set<String> here, DrawStore.LotteryRow l, List<DrawStore.CommitmentRow> commitments, List<Lie> lies, int seats) {
        String seed = HexFormat.of().formatHex(l.seed());
        Instance asked = DeclinedWishes.restored(decided, declined);
        // A commitment from before its input was kept can only be opened by what the draw was decided on.
        Instance frozen = kept.orElse(asked);
        SinceFreeze since = SinceFreeze.between(StartDraw.varied(frozen, run.variation()), asked, here);
        return new VerifyPage(
                round,
                run.id(),
                name,
                lies.stream().map(Lie::sentence).toList(),
                l.publicValue() != null && Lottery.isDrawnBy(decided, seed, l.publicValue()),
                inTime(l, commitments) && Lottery.opens(new Lottery.Commitment(l.inputHash(), l.seedHash(), l.publicName()), frozen, seed),
                since.left(),
                since.sections(),
                since.others(),
                decided.pupils().size(),
                seats);
    }

    /** The commitment that counts is the last of the list, and stood before the public value did: at the same instant is not before. */
    private static boolean inTime(DrawStore.LotteryRow l, List<DrawStore.CommitmentRow> commitments) {
        if (commitments.isEmpty() || l.revealedAt() == null) return false;
        DrawStore.CommitmentRow last = commitments.getLast();
        return last.inputHash().equals(l.inputHash()) && last.publicName().equals(l.publicName()) && last.committedAt().isBefore(l.revealedAt());
    }
}
