package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.check.Checker;
import afterbell.term.placement.engine.check.Explanations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Req({"R57", "R58", "P2"})
class PlacementTest {
    private static final Instance SCHOOL = Generator.tight(11, 200).instance();

    @Test
    void proves_a_school_and_tells_no_lies() {
        Outcome outcome = solve(SCHOOL, Options.STANDARD);
        assertThat(outcome.certificate().proved()).isTrue();
        assertThat(outcome.certificate().engine().solver()).contains("SCIP");
        Checker.Report report = Checker.check(SCHOOL, outcome);
        assertThat(report.lies()).isEmpty();
        assertThat(report.levels()).isEqualTo(outcome.certificate().levels());
        assertThat(report.explanations()).isEqualTo(Explanations.of(SCHOOL, outcome));
    }

    @Test
    void the_same_input_gives_the_same_bytes_whatever_the_order_of_its_rows() {
        Instance shuffled = shuffled(SCHOOL);
        for (Order order : Order.values()) {
            Outcome one = Placement.solve(SCHOOL, order, Options.STANDARD, ProgressListener.SILENT);
            Outcome other = Placement.solve(shuffled, order, Options.STANDARD, ProgressListener.SILENT);
            assertThat(bytes(other)).as(order.code()).isEqualTo(bytes(one));
        }
    }

    @Test
    void both_solvers_prove_the_same_levels_and_differ_little_in_the_rest() {
        Outcome scip = solve(SCHOOL, Options.STANDARD);
        Outcome highs = solve(SCHOOL, new Options(false, Options.Solver.HIGHS, 20_000));
        assertThat(highs.certificate().proved()).isTrue();
        for (String level : Order.FAIR.levels().subList(0, 4)) {
            assertThat(highs.certificate().levels().get(level))
                    .as(level)
                    .isEqualTo(scip.certificate().levels().get(level));
        }
        List<Seat> differing = new ArrayList<>(highs.result());
        differing.removeAll(scip.result());
        assertThat(differing.size()).as("rows that differ").isLessThan(scip.result().size() / 10);
    }

    @Test
    void a_preview_is_lawful_says_that_it_is_not_proved_and_keeps_its_bounds() {
        Outcome preview = solve(SCHOOL, Options.PREVIEW);
        assertThat(Checker.check(SCHOOL, preview).lies()).isEmpty();
        assertThat(preview.certificate().proved()).isFalse();
        assertThat(preview.certificate().preview()).isTrue();
        Outcome proved = solve(SCHOOL, Options.STANDARD);
        preview.certificate().bounds().forEach((level, bound) ->
                assertThat(bound).as(level).isLessThanOrEqualTo(proved.certificate().levels().get(level)));
    }

    @Test
    void fixed_members_are_seated_first_and_the_section_runs_for_them() {
        Section team = new Section("team", "sport", List.of(0), 2, 2, 1, 6, 1, null);
        Section chess = new Section("chess", "chess", List.of(0), 5, 1, 1, 6, 0, null);
        Instance instance = Instance.of(
                List.of(team, chess),
                List.of(pupil("a", 1, 0, 1), pupil("b", 3, 1, 1), pupil("c", 3, 2, 0)),
                List.of(wish("a", "0", "team", "chess"), wish("b", "0", "team", "chess")),
                List.of(),
                List.of(new FixedSeat("team", "c")));
        Outcome outcome = solve(instance, Options.STANDARD);
        assertThat(outcome.result()).containsExactly(
                new Seat("a", "0", "team", 1), new Seat("b", "0", "chess", 2), new Seat("c", "0", "team", 0));
        assertThat(outcome.certificate().measures().fixed()).isEqualTo(1);
        assertThat(Checker.check(instance, outcome).lies()).isEmpty();
    }

    @Test
    void a_section_that_too_few_listed_is_closed_with_its_numbers() {
        List<Pupil> pupils = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        for (int p = 0; p < 6; p++) {
            pupils.add(pupil("p" + p, 3, p, 1));
            wishes.add(wish("p" + p, "0", "rare", "common"));
        }
        Instance instance = Instance.of(
                List.of(new Section("rare", "r", List.of(0), 20, 10, 1, 6, 0, null),
                        new Section("common", "c", List.of(0), 20, 5, 1, 6, 0, null)),
                pupils, wishes, List.of(), List.of());
        for (Order order : Order.values()) {
            Outcome outcome = Placement.solve(instance, order, Options.STANDARD, ProgressListener.SILENT);
            assertThat(outcome.closings()).containsExactly(new Closing("rare", 6, 10));
            assertThat(outcome.result()).hasSize(6).allMatch(seat -> seat.course().equals("common"));
            assertThat(Explanations.of(instance, outcome)).hasSize(6)
                    .allMatch(e -> e.reason() == Reason.NOT_RUN
                            && e.facts().equals(new Explanation("", "", Reason.NOT_RUN,
                                    Json.object("placeable", 6, "min_size", 10)).facts()));
        }
    }

    @Test
    void an_empty_school_has_a_result_as_well() {
        Instance nobody = Instance.of(List.of(), List.of(), List.of(), List.of(), List.of());
        for (Order order : Order.values()) {
            Outcome outcome = Placement.solve(nobody, order, Options.STANDARD, ProgressListener.SILENT);
            assertThat(outcome.result()).isEmpty();
            assertThat(Checker.check(nobody, outcome).lies()).isEmpty();
        }
    }

    @Tag("full")
    @Test
    void a_thousand_pupils_of_three_kinds_of_school_are_proved() {
        for (Generator school : List.of(Generator.tight(1, 1000), Generator.scarce(2, 1000), Generator.loose(3, 1000))) {
            Instance instance = school.instance();
            Outcome outcome = solve(instance, Options.STANDARD);
            assertThat(outcome.certificate().proved()).as("seed %d", school.seed()).isTrue();
            assertThat(Checker.check(instance, outcome).lies()).isEmpty();
        }
    }

    private static Pupil pupil(String id, int priorityClass, int lottery, int demand) {
        return new Pupil(id, 3, priorityClass, null, lottery, demand, List.of(), null, null, true);
    }

    private static Wish wish(String pupil, String slot, String... courses) {
        return new Wish(pupil, slot, List.of(courses).stream().map(List::of).toList(), Wish.UNFILLED);
    }

    private static Outcome solve(Instance instance, Options options) {
        return Placement.solve(instance, Order.FAIR, options, ProgressListener.SILENT);
    }

    private static Instance shuffled(Instance instance) {
        Random random = new Random(5);
        List<Section> sections = new ArrayList<>(instance.sections());
        List<Pupil> pupils = new ArrayList<>(instance.pupils());
        List<Wish> wishes = new ArrayList<>(instance.wishes());
        List<Band> bands = new ArrayList<>(instance.bands());
        List.of(sections, pupils, wishes, bands).forEach(list -> Collections.shuffle(list, random));
        return Instance.of(sections, pupils, wishes, bands, instance.fixed());
    }

    private static List<String> bytes(Outcome outcome) {
        return List.of(
                ResultFiles.result(outcome.result()),
                ResultFiles.closed(outcome.closings()),
                Json.page(outcome.certificate().asJson()));
    }
}
