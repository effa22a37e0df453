package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@Req("P2")
class LotteryTest {
    private static final String SEED = "00".repeat(31) + "2a";
    private static final Instance SCHOOL = Generator.tight(3, 60).instance();

    @Test
    void the_order_is_the_order_of_the_hashes_that_anybody_can_compute() throws Exception {
        List<String> order = Lottery.order(SEED, "8 + 3 = 11", List.of("p1", "p2", "p3"));
        String before = "";
        for (String pupil : order) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(SEED, "8 + 3 = 11", pupil)) {
                digest.update((part.length() + "\n" + part).getBytes(StandardCharsets.UTF_8));
            }
            String hash = java.util.HexFormat.of().formatHex(digest.digest());
            assertThat(hash).isGreaterThan(before);
            before = hash;
        }
    }

    @Test
    void numbers_are_drawn_once_each_and_the_draw_can_be_checked() {
        Instance drawn = Lottery.draw(SCHOOL, SEED, "value");
        Set<Integer> numbers = new HashSet<>();
        drawn.pupils().forEach(pupil -> numbers.add(pupil.lottery()));
        assertThat(numbers).hasSize(60).contains(0, 59);
        assertThat(Lottery.isDrawnBy(drawn, SEED, "value")).isTrue();
        assertThat(Lottery.isDrawnBy(drawn, SEED, "other value")).isFalse();
    }

    @Test
    void marks_that_teachers_give_after_the_close_leave_the_commitment_as_it_was() {
        Instance unmarked = new Instance(SCHOOL.sections(), SCHOOL.pupils(), SCHOOL.wishes(), List.of(), SCHOOL.fixed());
        Band mark = new Band(SCHOOL.sections().getFirst().course(), SCHOOL.pupils().getFirst().pupil(), 1);
        Instance marked = new Instance(SCHOOL.sections(), SCHOOL.pupils(), SCHOOL.wishes(), List.of(mark), SCHOOL.fixed());
        assertThat(Digests.ofInput(marked)).as("the run's own hash holds the marks").isNotEqualTo(Digests.ofInput(unmarked));
        assertThat(Lottery.opens(Lottery.commit(unmarked, SEED, "a value to come"), marked, SEED)).isTrue();
    }

    @Test
    void a_commitment_opens_only_with_its_seed_and_its_input() {
        Lottery.Commitment commitment = Lottery.commit(SCHOOL, SEED, "the index at the close of a named day");
        assertThat(Lottery.opens(commitment, SCHOOL, SEED)).isTrue();
        assertThat(Lottery.opens(commitment, Lottery.draw(SCHOOL, SEED, "value"), SEED))
                .as("the numbers themselves are not part of what was committed")
                .isTrue();
        assertThat(Lottery.opens(commitment, SCHOOL, "00".repeat(32))).isFalse();
        assertThat(Lottery.opens(commitment, Generator.tight(4, 60).instance(), SEED)).isFalse();
        assertThat(commitment.asJson().toString()).doesNotContain(SEED);
    }

    @Test
    void every_pupil_is_first_about_equally_often() {
        int[] firsts = new int[5];
        List<String> pupils = List.of("p0", "p1", "p2", "p3", "p4");
        for (int draw = 0; draw < 5_000; draw++) {
            firsts[pupils.indexOf(Lottery.order(SEED, "value " + draw, pupils).getFirst())]++;
        }
        assertThat(java.util.Arrays.stream(firsts).boxed()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void seeds_are_long_and_new() {
        SecureRandom random = new SecureRandom();
        assertThat(Lottery.newSeed(random)).hasSize(64).isNotEqualTo(Lottery.newSeed(random));
    }
}
