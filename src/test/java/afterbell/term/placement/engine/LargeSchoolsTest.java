package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How large schools are bounded and improved, on schools small enough to know the truth. Seeds are the case numbers. */
@Req("P2")
class LargeSchoolsTest {
    private static final int CASES = 120;

    @BeforeAll
    static void natives() {
        assertThat(Natives.present()).isTrue();
    }

    @Test
    void no_bound_is_above_the_best_of_all_results_and_what_is_called_proved_is() {
        int levels = 0;
        int proved = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Instance instance = TinySchools.of(seed);
            for (Order order : new Order[] {Order.FAIR, Order.PRIORITY, Order.COST}) {
                long[] best = EveryResult.bestOf(instance, order);
                ExactStage.Proof proof = asLarge(instance, order);
                long[] values = proof.seating().levels();
                assertThat(proof.seating().sizesAreLegal()).isTrue();
                for (int level = 0; level < order.provedLevels(); level++) {
                    String which = "seed " + seed + ", order " + order + ", level " + level + ": " + Arrays.toString(values) + ", best " + Arrays.toString(best);
                    assertThat(proof.bounds()[level]).as(which).isLessThanOrEqualTo(best[level]);
                    levels++;
                    proved += proof.bounds()[level] == values[level] ? 1 : 0;
                    if (values[level] != best[level]) {
                        assertThat(proof.bounds()[level]).as("claims to be proved, " + which).isLessThan(values[level]);
                        break;
                    }
                }
            }
        }
        assertThat(100.0 * proved / levels).as("per cent of %d levels proved", levels).isGreaterThan(50);
    }

    @Test
    void a_school_reaches_what_the_whole_programs_prove() {
        for (Generator school : new Generator[] {Generator.tight(1, 150), Generator.scarce(2, 150)}) {
            Instance instance = school.instance();
            Problem problem = new Problem(instance, Order.FAIR);
            long[] exact = new ExactStage(problem, Options.STANDARD, ProgressListener.SILENT).run(start(problem)).seating().levels();
            ExactStage.Proof proof = asLarge(instance, Order.FAIR);
            for (int level = 0; level < Order.FAIR.provedLevels(); level++) {
                assertThat(proof.bounds()[level]).as("%s, level %d", school, level).isLessThanOrEqualTo(exact[level]);
                if (proof.seating().levels()[level] != exact[level]) {
                    break;
                }
            }
        }
    }

    @Test
    void a_level_that_the_program_before_it_spoiled_is_solved_until_its_bound_is_met() {
        assertThat(ExactStage.isNarrow(Order.FAIR, 1, 120, 100, 100)).as("spoiled: 100 before, and possible").isTrue();
        assertThat(ExactStage.isNarrow(Order.FAIR, 1, 120, 100, 110)).as("what was before is no longer possible").isTrue();
        assertThat(ExactStage.isNarrow(Order.FAIR, 1, 100, 100, 100)).as("met").isFalse();
        assertThat(ExactStage.isNarrow(Order.FAIR, 1, 100, 100, 90)).isTrue();
        assertThat(ExactStage.isNarrow(Order.FAIR, 1, 100, 100, 89)).as("the prices leave much open").isFalse();
        assertThat(ExactStage.isNarrow(Order.FAIR, 0, 100, 100, 97)).as("less may be open of those with nothing").isFalse();
    }

    private static ExactStage.Proof asLarge(Instance instance, Order order) {
        Problem problem = new Problem(instance, order);
        return new ExactStage(problem, Options.STANDARD, ProgressListener.SILENT, 0).run(start(problem));
    }

    private static Seating start(Problem problem) {
        Seating seating = new FlowStage(problem, ProgressListener.SILENT).run();
        new ExchangeStage(seating, ProgressListener.SILENT).run();
        return seating;
    }
}
