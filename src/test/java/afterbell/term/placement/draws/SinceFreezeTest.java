package afterbell.term.placement.draws;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.FixedSeat;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Wish;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a check says of the input that a draw was decided on: nothing that a school may not do hides behind what it may. */
@Req("P1")
class SinceFreezeTest {
    private static final Section CHESS = section("CHESS", 20, 0);
    private static final Section DRAMA = section("DRAMA", 20, 0);
    private static final List<Pupil> BOTH = List.of(pupil("a", null), pupil("b", null));
    private static final List<Wish> ASKED = List.of(wish("a", 25, "CHESS", "DRAMA"), wish("b", 25, "CHESS", "DRAMA"));
    private static final Instance FROZEN = of(List.of(CHESS, DRAMA), BOTH, ASKED);
    private static final Set<String> ALL = Set.of("a", "b");

    @Test
    void the_same_is_the_same() {
        assertThat(SinceFreeze.between(FROZEN, FROZEN, ALL)).isEqualTo(SinceFreeze.NOTHING);
    }

    @Test
    void who_is_out_of_the_draw_has_left_only_where_it_is_at_the_school_no_more() {
        Instance without = of(List.of(CHESS, DRAMA), BOTH.subList(0, 1), ASKED.subList(0, 1));
        assertThat(SinceFreeze.between(FROZEN, without, Set.of("a"))).isEqualTo(new SinceFreeze(1, List.of(), 0));
        assertThat(SinceFreeze.between(FROZEN, without, ALL)).as("its sheet was taken out").isEqualTo(new SinceFreeze(0, List.of(), 1));
        Instance team = new Instance(List.of(CHESS), BOTH, List.of(), List.of(), List.of(new FixedSeat("CHESS", "a"), new FixedSeat("CHESS", "b")));
        Instance smaller = new Instance(List.of(CHESS), BOTH.subList(0, 1), List.of(), List.of(), List.of(new FixedSeat("CHESS", "a")));
        assertThat(SinceFreeze.between(team, smaller, ALL)).as("it was taken off the team").isEqualTo(new SinceFreeze(0, List.of(), 1));
        assertThat(SinceFreeze.between(team, of(List.of(), List.of(), List.of()), ALL)).as("the team is no more").isEqualTo(new SinceFreeze(0, List.of("CHESS"), 0));
    }

    @Test
    void one_more_seat_hides_no_sheet_that_was_changed() {
        Section larger = section("CHESS", 21, 0);
        assertThat(SinceFreeze.between(FROZEN, of(List.of(larger, DRAMA), BOTH, ASKED), ALL)).isEqualTo(new SinceFreeze(0, List.of("CHESS"), 0));
        List<Wish> another = List.of(ASKED.getFirst(), wish("b", 25, "DRAMA"));
        assertThat(SinceFreeze.between(FROZEN, of(List.of(larger, DRAMA), BOTH, another), ALL)).as("the club was struck off a list").isEqualTo(new SinceFreeze(0, List.of("CHESS"), 1));
        List<Wish> cheaper = List.of(ASKED.getFirst(), wish("b", 10, "CHESS", "DRAMA"));
        assertThat(SinceFreeze.between(FROZEN, of(List.of(larger, DRAMA), BOTH, cheaper), ALL)).as("what an empty day costs").isEqualTo(new SinceFreeze(0, List.of("CHESS"), 1));
    }

    @Test
    void a_club_that_is_gone_or_meets_at_another_time_changes_lists_by_itself() {
        List<Wish> shorter = List.of(wish("a", 12, "DRAMA"), wish("b", 12, "DRAMA"));
        assertThat(SinceFreeze.between(FROZEN, of(List.of(DRAMA), BOTH, shorter), ALL)).isEqualTo(new SinceFreeze(0, List.of("CHESS"), 0));
        assertThat(SinceFreeze.between(FROZEN, of(List.of(section("CHESS", 20, 1), DRAMA), BOTH, shorter), ALL)).isEqualTo(new SinceFreeze(0, List.of("CHESS"), 0));
    }

    @Test
    void a_trial_is_held_against_the_frozen_input_as_the_trial_changes_it() {
        Instance frozen = of(List.of(CHESS, DRAMA), List.of(pupil("a", "family"), pupil("b", "family")), ASKED);
        for (String variation : List.of("", "no_siblings", "no_minimum")) {
            Instance tried = StartDraw.varied(frozen, variation);
            assertThat(SinceFreeze.between(StartDraw.varied(frozen, variation), tried, ALL)).as(variation).isEqualTo(SinceFreeze.NOTHING);
        }
        assertThat(SinceFreeze.between(frozen, StartDraw.varied(frozen, "no_siblings"), ALL).others()).as("two children, each without the other").isEqualTo(2);
        assertThat(SinceFreeze.between(frozen, StartDraw.varied(frozen, "no_minimum"), ALL).sections()).containsExactly("CHESS", "DRAMA");
    }

    @Test
    void what_is_decided_on_is_what_was_frozen_whatever_has_changed_since_but_leavers_and_sections() {
        Section larger = section("CHESS", 21, 0);
        Instance live = of(List.of(larger, DRAMA), List.of(pupil("a", null), pupil("b", "family"), pupil("c", null)), List.of(wish("a", 25, "DRAMA"), ASKED.getLast(), wish("c", 25, "CHESS")));
        assertThat(SinceFreeze.between(FROZEN, live, Set.of("a", "b", "c")).others()).as("another list, a family found later, a child that came in").isEqualTo(3);
        Instance held = SinceFreeze.held(FROZEN, live, Set.of("a", "b", "c")).orElseThrow();
        assertThat(held).isEqualTo(of(List.of(larger, DRAMA), BOTH, ASKED));
        assertThat(SinceFreeze.between(FROZEN, held, Set.of("a", "b", "c"))).isEqualTo(new SinceFreeze(0, List.of("CHESS"), 0));
        assertThat(SinceFreeze.held(FROZEN, live, Set.of("b", "c")).orElseThrow().pupils()).as("who left is out of it").containsExactly(pupil("b", null));
        Instance gone = of(List.of(DRAMA), live.pupils(), List.of());
        Instance rest = SinceFreeze.held(FROZEN, gone, Set.of("a", "b", "c")).orElseThrow();
        assertThat(rest.wishes()).extracting(Wish::ranks).as("a section that is no more is off the lists").containsOnly(List.of(List.of("DRAMA")));
        assertThat(SinceFreeze.between(FROZEN, rest, Set.of("a", "b", "c")).others()).isZero();
    }

    private static Instance of(List<Section> sections, List<Pupil> pupils, List<Wish> wishes) {
        return new Instance(sections, pupils, wishes, List.of(), List.of());
    }

    private static Section section(String code, int capacity, int slot) {
        return new Section(code, code, List.of(slot), capacity, 5, 1, 9, 0, null);
    }

    private static Pupil pupil(String id, @Nullable String family) {
        return new Pupil(id, 3, 3, family, id.charAt(0), 1, List.of(), null, null, true);
    }

    private static Wish wish(String pupil, int unfilled, String... courses) {
        return new Wish(pupil, "0", Arrays.stream(courses).map(List::of).toList(), unfilled);
    }
}
