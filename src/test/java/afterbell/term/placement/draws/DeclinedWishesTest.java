package afterbell.term.placement.draws;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.Marks;
import afterbell.term.placement.engine.Generator;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Lottery;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Wish;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req({"R33", "P1"})
class DeclinedWishesTest {
    private static final long SEED = 33;

    @Test
    void a_declined_wish_leaves_every_other_rank_as_it_was_and_the_commitment_still_opens() {
        Random random = new Random(SEED);
        for (int n = 0; n < 200; n++) {
            Instance asked = school(random.nextLong());
            Map<UUID, String> codeOf = new HashMap<>();
            asked.sections().forEach(s -> codeOf.put(id(s.course()), s.course()));
            List<Marks.Declined> declined = new ArrayList<>();
            for (Wish w : asked.wishes())
                for (List<String> tied : w.ranks())
                    for (String course : tied) if (random.nextInt(5) == 0) declined.add(new Marks.Declined(id(course), UUID.fromString(w.pupil()), Marks.REASONS.get(random.nextInt(3))));
            DeclinedWishes decided = DeclinedWishes.of(asked, declined, codeOf);
            for (Wish w : decided.input().wishes()) {
                Wish before = asked.wishes().stream().filter(o -> o.pupil().equals(w.pupil()) && o.slot().equals(w.slot())).findFirst().orElseThrow();
                assertThat(w.ranks()).as("seed %d case %d", SEED, n).hasSameSizeAs(before.ranks());
                for (int r = 0; r < w.ranks().size(); r++) assertThat(before.ranks().get(r)).containsAll(w.ranks().get(r));
                declined.stream().filter(d -> d.pupil().toString().equals(w.pupil())).forEach(d -> assertThat(w.ranks()).noneMatch(t -> t.contains(codeOf.get(d.section()))));
            }
            assertThat(DeclinedWishes.read(decided.csv())).isEqualTo(decided.rows());
            Instance restored = DeclinedWishes.restored(decided.input(), decided.rows());
            assertThat(restored).as("seed %d case %d", SEED, n).isEqualTo(asked);
            Lottery.Commitment said = Lottery.commit(asked, "seed", "value");
            assertThat(Lottery.opens(said, restored, "seed")).isTrue();
            if (!decided.rows().isEmpty()) assertThat(Lottery.opens(said, decided.input(), "seed")).as("without giving the wishes back it would not").isFalse();
        }
    }

    /** A generated school whose children have ids as ours do. */
    private static Instance school(long seed) {
        Instance made = Generator.scarce(seed, 40).instance();
        List<Pupil> pupils = made.pupils().stream()
                .map(p -> new Pupil(id(p.pupil()).toString(), p.grade(), p.priorityClass(), p.siblingGroup(), p.lottery(), p.demand(), p.previous(), p.home(), p.limit(), p.shielded()))
                .toList();
        return new Instance(made.sections(), pupils, made.wishes().stream().map(w -> new Wish(id(w.pupil()).toString(), w.slot(), w.ranks(), w.unfilled())).toList(), List.of(), List.of());
    }

    private static UUID id(String course) {
        return UUID.nameUUIDFromBytes(course.getBytes(StandardCharsets.UTF_8));
    }
}
