package afterbell.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.app.simulate.Trouble.Kind;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** School days lived through the real use cases; what the laws find is read from the tables alone. */
@Tag("house")
class SimulateIT {
    private static final long SEED = 7;
    private static final int FEW = 180;
    /** Two classes a grade at least; a school of its plan's own size lives a term in a quarter of an hour by the command, docs/how/simulate.md. */
    private static final int SOME = 360;

    @Test
    @Req({"R78", "R79", "R81", "R82", "R83", "R84", "R85", "R86", "R87"})
    void ten_days_break_no_law_and_every_planted_trouble_is_noticed() {
        Tally tally = lived("000", FEW, 10);
        assertThat(tally.troubles.keySet()).as("each kind was planted").containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Kind.class));
        assertThat(tally.overHttp).isGreaterThan(20);
        assertThat(tally.restarts).isPositive();
        assertThat(tally.lines).as("lines of registers compared with what happened").isGreaterThan(tally.childDays / 2);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"000", "001", "002.2", "002.6"})
    void a_whole_term_breaks_no_law_and_every_planted_trouble_is_noticed(String scenario) {
        assertThat(lived(scenario, SOME, 90).days).isEqualTo(90);
    }

    private static Tally lived(String scenario, int children, int days) {
        System.out.println("seed " + SEED);
        try (Simulation simulation = new Simulation(Scenarios.read(scenario, children), Scenarios.tariff(scenario), SEED, house -> {})) {
            Tally tally = simulation.live(days, List.of(), (day, t) -> {});
            tally.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
            assertThat(tally.violations).as(tally.examples.toString()).isEmpty();
            assertThat(tally.missed).isEmpty();
            assertThat(tally.falsePerThousand()).as(tally.falseKinds.toString()).isLessThanOrEqualTo(3);
            assertThat(tally.held()).isTrue();
            assertThat(tally.periods).as("months that were locked and charged").isPositive();
            assertThat(tally.chargedFen).isPositive();
            assertThat(tally.paidFen).as("some families pay too much by the bank, and it goes back").isPositive();
            assertThat(tally.paidFen).isEqualTo(tally.chargedFen + tally.refundedFen + tally.carriedFen);
            assertThat(tally.carriedFen).as("when all is settled").isZero();
            return tally;
        }
    }
}
