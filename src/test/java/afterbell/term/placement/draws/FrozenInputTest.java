package afterbell.term.placement.draws;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req("P18")
class FrozenInputTest {
    private static final UUID CHILD = UUID.randomUUID();
    private static final UUID MONDAY = UUID.randomUUID();
    private static final UUID MONDAY_OF_ANOTHER_BAND = UUID.randomUUID();
    private static final UUID TUESDAY = UUID.randomUUID();
    private static final Map<UUID, Integer> NUMBER = Map.of(MONDAY, 0, MONDAY_OF_ANOTHER_BAND, 0, TUESDAY, 1);

    private static FrozenInput.WishRow wish(UUID slot, int rank, UUID section, boolean tied) {
        return new FrozenInput.WishRow(CHILD, slot, rank, section, tied);
    }

    /** What runs or not is not asked: a section that was withdrawn after the family chose it still counts as listed. */
    @Test
    void a_list_is_as_long_as_the_family_made_it() {
        UUID chess = UUID.randomUUID();
        UUID drama = UUID.randomUUID();
        UUID choir = UUID.randomUUID();
        assertThat(FrozenInput.listed(List.of(wish(MONDAY, 1, chess, false), wish(MONDAY, 2, drama, false), wish(TUESDAY, 1, choir, false)), NUMBER)).containsExactlyInAnyOrderEntriesOf(Map.of(0, 2, 1, 1));
        assertThat(FrozenInput.listed(List.of(wish(MONDAY, 1, chess, false), wish(MONDAY_OF_ANOTHER_BAND, 1, chess, false)), NUMBER)).as("one meeting of two bands is one wish").isEqualTo(Map.of(0, 1));
        assertThat(FrozenInput.listed(List.of(wish(MONDAY, 1, chess, false), wish(MONDAY, 1, drama, true)), NUMBER)).as("two that are liked as much are one rank").isEqualTo(Map.of(0, 1));
        assertThat(FrozenInput.listed(List.of(wish(UUID.randomUUID(), 1, chess, false)), NUMBER)).isEmpty();
    }
}
