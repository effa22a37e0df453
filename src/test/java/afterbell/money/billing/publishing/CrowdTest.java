package afterbell.money.billing.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req("P13")
class CrowdTest {
    private static Set<UUID> people(int from, int until) {
        Set<UUID> all = new HashSet<>();
        for (int i = from; i < until; i++) all.add(new UUID(1, i));
        return all;
    }

    @Test
    void a_row_of_two_people_hides_behind_the_smallest_large_one() {
        List<Crowd.Row> rows = Crowd.of(List.of(new Crowd.Row("club", people(0, 20), 60, 3000), new Crowd.Row("late", people(20, 26), 10, 500), new Crowd.Row("leader", people(30, 32), 4, 200)), 5);
        assertThat(rows).extracting(Crowd.Row::key).containsExactly("club", "other");
        assertThat(rows.getLast().fen()).isEqualTo(700);
    }

    @Test
    void too_few_people_in_all_are_no_table() {
        assertThat(Crowd.of(List.of(new Crowd.Row("club", people(0, 3), 6, 300)), 5)).isEmpty();
    }

    /** No row stands on fewer than k people, and nothing is lost: what is published adds up to what was paid, or nothing is published. */
    @Test
    void twenty_thousand_schools_show_nobody() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int n = 0; n < 20_000; n++) {
            int k = 2 + random.nextInt(8);
            List<Crowd.Row> rows = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                int from = random.nextInt(20);
                rows.add(new Crowd.Row("w" + i, people(from, from + 1 + random.nextInt(12)), random.nextInt(50), random.nextInt(100_000)));
            }
            List<Crowd.Row> shown = Crowd.of(rows, k);
            assertThat(shown).as("seed %d, school %d", seed, n).allMatch(r -> r.people().size() >= k);
            if (!shown.isEmpty()) assertThat(shown.stream().mapToLong(Crowd.Row::fen).sum()).isEqualTo(rows.stream().mapToLong(Crowd.Row::fen).sum());
        }
    }
}
