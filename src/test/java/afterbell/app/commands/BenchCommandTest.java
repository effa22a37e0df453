package afterbell.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Req("P1")
class BenchCommandTest {
    private final StringWriter said = new StringWriter();
    private final StringWriter complained = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new BenchCommand()).setOut(new PrintWriter(said, true)).setErr(new PrintWriter(complained, true)).execute(arguments);
    }

    @Test
    void without_a_measurement_it_says_how_to_ask() {
        assertThat(run()).isEqualTo(2);
        assertThat(complained.toString()).contains("bench placement");
    }

    @Test
    void it_knows_its_measurements() {
        assertThat(run("--help")).isZero();
        assertThat(said.toString()).contains("placement").contains("seats");
        assertThat(run("nonsense")).isEqualTo(2);
    }

    @Test
    void a_small_placement_prints_a_line_per_school_and_order_and_no_lie() {
        assertThat(run("placement", "--pupils", "30", "--seed", "4")).isZero();
        String[] lines = said.toString().strip().split("\\R");
        assertThat(lines).as("a heading, three schools, four ways each").hasSize(13);
        assertThat(said.toString()).contains("tight").contains("scarce").contains("loose").contains("preview").doesNotContain("LIES FOUND");
    }
}
