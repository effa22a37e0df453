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
