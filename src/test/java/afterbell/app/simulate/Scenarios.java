package afterbell.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.app.scenarios.Scenario;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scenario files as the command reads them. */
final class Scenarios {
    private Scenarios() {}

    /** What the school charges; empty where its plan names nothing. */
    static String tariff(String id) {
        Path file = Path.of("scenarios", id, "tariff.yaml");
        try {
            return Files.isReadable(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Scenario read(String id, int children) {
        try {
            List<YamlProblem> problems = new ArrayList<>();
            Scenario plan = Scenario.read(id, Files.readString(Path.of("scenarios", id, "plan.yaml")), problems);
            assertThat(problems).isEmpty();
            return Simulation.smaller(plan, children);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
