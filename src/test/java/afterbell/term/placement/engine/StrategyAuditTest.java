package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import afterbell.Req;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit says what the result says, and its tricks are measured against the honest lists. */
@Req({"P1", "P2"})
class StrategyAuditTest {
    private static final long SEED = 20261122;

    private static Section section(String course, int capacity) {
        return new Section(course, course, List.of(0), capacity, 0, 1, 6, 0, null);
    }

    private static Pupil pupil(String id, int lottery) {
        return new Pupil(id, 3, 3, null, lottery, 1, List.of(), null, null, true);
    }

    private static Wish wish(String pupil, String... ranked) {
        return new Wish(pupil, "0", Arrays.stream(ranked).map(List::of).toList(), Wish.UNFILLED);
    }

    private static final Instance THREE = Instance.of(
            List.of(section("chess", 1), section("drama", 1), section("robots", 1)),
            List.of(pupil("a", 0), pupil("b", 1), pupil("c", 2)),
            List.of(wish("a", "chess", "drama", "robots"), wish("b", "chess", "drama"), wish("c", "chess")),
            List.of(),
            List.of());

    @Test
    void chances_are_counted_by_the_length_of_the_list() {
        List<Seat> result = List.of(new Seat("a", "0", "chess", 1), new Seat("b", "0", "drama", 2));
        assertThat(StrategyAudit.chances(THREE, result))
                .containsExactly(new StrategyAudit.ByLength(1, 1, 0), new StrategyAudit.ByLength(2, 1, 0), new StrategyAudit.ByLength(3, 1, 1));
    }

    @Test
    void a_list_without_a_seat_counts_as_a_list() {
        assertThat(StrategyAudit.chances(THREE, List.of()).stream().mapToInt(StrategyAudit.ByLength::lists).sum()).isEqualTo(3);
        assertThat(StrategyAudit.chances(THREE, List.of()).stream().mapToInt(StrategyAudit.ByLength::firsts).sum()).isZero();
    }

    @Test
    void swapping_first_and_second_never_serves_where_there_is_room_for_everybody() {
        Instance roomy = Instance.of(
                List.of(section("chess", 9), section("drama", 9)),
                THREE.pupils(),
                List.of(wish("a", "chess", "drama"), wish("b", "drama", "chess"), wish("c", "chess", "drama")),
                List.of(),
                List.of());
        StrategyAudit.Report report = StrategyAudit.run(roomy, Order.FAIR, Options.PREVIEW, 3, SEED);
        StrategyAudit.Trick swap = report.tricks().getLast();
        assertThat(swap.tried()).isEqualTo(3);
        assertThat(swap.better()).isZero();
        assertThat(swap.worse()).as("each gets what it wrote first, which is not what it wanted").isEqualTo(3);
        assertThat(swap.meanGain()).isEqualTo(-100);
    }

    @Test
    void a_trick_is_tried_for_those_alone_whose_lists_it_changes() {
        StrategyAudit.Report report = StrategyAudit.run(THREE, Order.FAIR, Options.PREVIEW, 3, SEED);
        assertThat(report.tricks()).extracting(StrategyAudit.Trick::name, StrategyAudit.Trick::tried)
                .containsExactly(tuple("only the first choice", 2), tuple("only two choices", 1), tuple("first and second swapped", 2));
    }

    @Test
    void where_no_list_is_long_enough_a_trick_says_that_it_was_tried_for_nobody() {
        Instance single = Instance.of(THREE.sections(), THREE.pupils(), List.of(wish("a", "chess"), wish("b", "chess")), List.of(), List.of());
        assertThat(StrategyAudit.run(single, Order.FAIR, Options.PREVIEW, 3, SEED).tricks()).allSatisfy(t -> {
            assertThat(t.tried()).isZero();
            assertThat(t.meanGain()).isZero();
        });
    }

    @Test
    void the_same_seed_audits_the_same_children() {
        Instance school = Generator.tight(8, 120).instance();
        assertThat(school.wishes()).as("lists of the generated school with something to swap").filteredOn(w -> w.ranks().size() > 1).hasSizeGreaterThan(100);
        StrategyAudit.Report one = StrategyAudit.run(school, Order.FAIR, Options.PREVIEW, 3, SEED);
        assertThat(StrategyAudit.run(school, Order.FAIR, Options.PREVIEW, 3, SEED)).isEqualTo(one);
        for (StrategyAudit.Trick t : one.tricks()) {
            assertThat(t.tried()).as("%s, of %d children and %d lists", t.name(), school.pupils().size(), school.wishes().size()).isEqualTo(3);
            assertThat(t.better() + t.worse()).isBetween(0, t.tried());
        }
        assertThat(one.chances().stream().mapToInt(StrategyAudit.ByLength::lists).sum()).isEqualTo(school.wishes().size());
    }
}
