package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.check.Checker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The proved levels against every lawful result of thousands of tiny schools. Seeds are the case numbers. */
@Req({"R57", "R58", "P2"})
class EveryResultTest {
    @Test
    void the_proved_levels_are_the_best_of_all_results() {
        compareWithAll(0, 250);
    }

    @Tag("full")
    @Test
    void the_proved_levels_are_the_best_of_all_results_of_twenty_thousand_schools() {
        compareWithAll(250, 20_000);
    }

    /** School 3981: one child's loss is another's gain, and only a section's minimum kept the other from leaving by itself. */
    @Test
    void a_child_whom_a_minimum_keeps_makes_way_for_one_who_comes_first_by_lottery() {
        compareWithAll(3981, 3982);
    }

    private static void compareWithAll(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Instance instance = TinySchools.of(seed);
            for (Order order : List.of(Order.FAIR, Order.PRIORITY, Order.COST)) {
                Outcome outcome = Placement.solve(instance, order, Options.STANDARD, ProgressListener.SILENT);
                List<Long> values = new ArrayList<>(outcome.certificate().levels().values());
                assertThat(values.subList(0, order.provedLevels()))
                        .as("seed %d, order %s", seed, order)
                        .isEqualTo(boxed(EveryResult.bestOf(instance, order)));
                assertThat(outcome.certificate().proved()).as("seed %d, proved", seed).isTrue();
                assertThat(Checker.check(instance, outcome).lies()).as("seed %d, lies", seed).isEmpty();
            }
        }
    }

    @Test
    void without_the_exact_stage_results_are_lawful_and_their_bounds_hold() {
        int optimal = 0;
        int all = 1_000;
        for (int seed = 0; seed < all; seed++) {
            Instance instance = TinySchools.of(seed);
            Outcome outcome = Placement.solve(instance, Order.FAIR, Options.PREVIEW, ProgressListener.SILENT);
            assertThat(Checker.check(instance, outcome).lies()).as("seed %d", seed).isEmpty();
            assertThat(outcome.certificate().proved()).isFalse();
            List<Long> values = new ArrayList<>(outcome.certificate().levels().values());
            List<Long> best = boxed(EveryResult.bestOf(instance, Order.FAIR));
            optimal += values.subList(0, 4).equals(best) ? 1 : 0;
            assertThat(outcome.certificate().bounds().get("nothing")).isLessThanOrEqualTo(best.getFirst());
        }
        assertThat(optimal).as("previews that are optimal, of " + all).isGreaterThan(all * 17 / 20);
    }

    @Test
    void deferred_acceptance_gives_lawful_results_whose_reasons_are_all_true() {
        for (int seed = 0; seed < 1_000; seed++) {
            Instance instance = TinySchools.of(seed);
            Outcome outcome = Placement.solve(instance, Order.DA, Options.STANDARD, ProgressListener.SILENT);
            assertThat(Checker.check(instance, outcome).lies()).as("seed %d", seed).isEmpty();
        }
    }

    private static List<Long> boxed(long[] values) {
        List<Long> list = new ArrayList<>();
        for (long value : values) {
            list.add(value);
        }
        return list;
    }
}
