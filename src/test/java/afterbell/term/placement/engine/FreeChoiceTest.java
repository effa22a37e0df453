package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A child with more wishes than a choice can tell apart: what its bound says may be less than the truth, never more. Seeds are the case numbers. */
@Req("P2")
class FreeChoiceTest {
    private static final int CASES = 300;
    private static final int A_SLOT = 40;

    @Test
    void where_a_child_listed_more_than_64_no_place_is_said_to_cost_more_than_it_does() {
        Problem problem = new Problem(manyWishes(), Order.FAIR);
        Option[] own = problem.options[0];
        assertThat(own.length).isGreaterThan(Long.SIZE);
        boolean[] open = new boolean[own.length];
        Arrays.fill(open, true);
        FreeChoice choice = new FreeChoice(problem, 0, open);
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            double dear = 20 + random.nextInt(80);
            double cheap = random.nextInt(3) == 0 ? 0 : 26;
            double[] price = random.doubles(problem.sections, cheap, cheap + dear).toArray();
            choice.price(price, new double[0], 1, 0);
            for (int forced = 0; forced < own.length; forced++) {
                assertThat(choice.cost() + choice.regret(forced)).as("seed %d, option %d", seed, forced).isLessThanOrEqualTo(leastWith(problem, own, price, forced) + 1e-9);
            }
        }
    }

    /** Two places at most: this one, and the best other that may stand beside it. */
    private static double leastWith(Problem problem, Option[] own, double[] price, int forced) {
        double beside = 0;
        for (Option other : own) {
            if (other.index() != forced && !problem.clash(own[forced], other)) {
                beside = Math.max(beside, worth(other, price));
            }
        }
        return problem.base[0] - worth(own[forced], price) - beside;
    }

    private static double worth(Option option, double[] price) {
        return option.gain() - price[option.section()];
    }

    private static Instance manyWishes() {
        List<Section> sections = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        for (int slot = 0; slot < 2; slot++) {
            List<List<String>> ranks = new ArrayList<>();
            for (int n = 0; n < A_SLOT; n++) {
                String course = "c" + slot + "-" + n;
                sections.add(new Section(course, "a" + course, List.of(slot), 1, 0, 1, 9, 0, null));
                ranks.add(List.of(course));
            }
            wishes.add(new Wish("p", Integer.toString(slot), ranks, Wish.UNFILLED));
        }
        Pupil pupil = new Pupil("p", 3, 1, null, 0, 2, List.of(), null, null, true);
        return new Instance(sections, List.of(pupil), wishes, List.of(), List.of());
    }
}
