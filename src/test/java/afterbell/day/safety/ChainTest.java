package afterbell.day.safety;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The chain of a subject, without any database. */
@Req("R99")
class ChainTest {
    private static final long SEED = 20_261_122L;
    private static final int CASES = 2_000;

    private static List<Entry> chain(Random random, int length) {
        UUID subject = new UUID(random.nextLong(), random.nextLong());
        List<Entry> all = new ArrayList<>();
        String prev = "";
        for (int i = 1; i <= length; i++) {
            Map<String, String> facts = new TreeMap<>(Map.of("a", Integer.toString(random.nextInt(5)), "b", random.nextBoolean() ? "x=y\nby=z" : ""));
            Entry e = new Entry(new UUID(random.nextLong(), i), Book.INCIDENT, subject, i, "noted", LocalDate.of(2026, 11, 20), Instant.ofEpochSecond(1_780_000_000L + random.nextInt(9999)), random.nextBoolean() ? subject : null, new TreeMap<>(facts), null, null, null, null, prev, "").sealed();
            all.add(e);
            prev = e.hash();
        }
        return all;
    }

    @Test
    void an_untouched_chain_is_whole() {
        Random random = new Random(SEED);
        for (int n = 0; n < CASES; n++) assertThat(Chain.brokenAt(chain(random, 1 + random.nextInt(12)))).as("seed %d case %d", SEED, n).isZero();
    }

    @Test
    void whatever_is_changed_removed_or_swapped_shows() {
        Random random = new Random(SEED);
        for (int n = 0; n < CASES; n++) {
            List<Entry> all = new ArrayList<>(chain(random, 2 + random.nextInt(10)));
            int i = random.nextInt(all.size());
            Entry e = all.get(i);
            switch (random.nextInt(5)) {
                case 0 -> all.set(i, with(e, e.kind(), new TreeMap<>(Map.of("a", "9"))));
                case 1 -> all.set(i, with(e, "closed", new TreeMap<>(e.facts())));
                case 2 -> all.set(i, with(e, "closed", new TreeMap<>(e.facts())).sealed());
                case 3 -> all.remove(i == all.size() - 1 ? 0 : i);
                default -> Collections.swap(all, i, (i + 1) % all.size());
            }
            // A last entry that is sealed anew has nothing after it: only a noted head shows that.
            boolean onlyHead = all.getLast().seq() == all.size() && Chain.brokenAt(all) == 0;
            assertThat(onlyHead ? 1 : Chain.brokenAt(all)).as("seed %d case %d", SEED, n).isPositive();
            if (onlyHead) assertThat(all.getLast().hash()).isNotEqualTo(e.hash());
        }
    }

    private static Entry with(Entry e, String kind, TreeMap<String, String> facts) {
        return new Entry(e.id(), e.book(), e.subject(), e.seq(), kind, e.day(), e.at(), e.by(), facts, e.words(), e.wordsHash(), e.file(), e.fileHash(), e.prev(), e.hash());
    }

    @Test
    void a_line_break_in_a_fact_is_no_other_fact() {
        Entry one = new Entry(new UUID(1, 1), Book.VISIT, new UUID(2, 2), 1, "asked", LocalDate.EPOCH, Instant.EPOCH, null, new TreeMap<>(Map.of("a", "1\nfact.b=2")), null, null, null, null, "", "");
        Entry two = new Entry(new UUID(1, 1), Book.VISIT, new UUID(2, 2), 1, "asked", LocalDate.EPOCH, Instant.EPOCH, null, new TreeMap<>(Map.of("a", "1", "b", "2")), null, null, null, null, "", "");
        assertThat(Chain.hash(one)).isNotEqualTo(Chain.hash(two));
    }
}
