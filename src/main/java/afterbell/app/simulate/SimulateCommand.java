package afterbell.app.simulate;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.app.scenarios.Scenario;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code simulate}: a school of a scenario lives its service days in a scratch database; exit 1 where a law is broken or a planted trouble goes unnoticed. */
@Command(name = "simulate", description = "Lives service days of a source plan through the real use cases, with planted troubles; prints what the laws found.", mixinStandardHelpOptions = true)
public final class SimulateCommand implements Subcommand {
    private static final int HELD = 0;
    private static final int NOT_HELD = 1;
    private static final int WRONG_USAGE = 2;
    private static final int UNAVAILABLE = 3;

    @Parameters(index = "0", paramLabel = "FOLDER", description = "for example scenarios/000; plan.yaml stands in it")
    private Path folder = Path.of("");

    @Option(names = "--days", defaultValue = "90", description = "service days (90)")
    private int days = 90;

    @Option(names = "--seed", defaultValue = "7", description = "the same seed gives the same days (7)")
    private long seed = 7;

    @Option(names = "--children", defaultValue = "20000", description = "at most so many children; fewer than the plan has make it quicker")
    private int children = 20_000;

    @Option(names = "--registers", paramLabel = "DIR", description = "prints the registers of the last lived month there, as PDF")
    private @Nullable Path registers;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Path file = folder.resolve("plan.yaml");
        Given.file(file);
        if (days < 1 || children < 1) {
            err.println("afterbell: a day and a child at least");
            return WRONG_USAGE;
        }
        List<YamlProblem> problems = new ArrayList<>();
        Scenario plan = Scenario.read(file.toString(), Given.text(file), problems);
        if (!problems.isEmpty()) {
            List<String> told = problems.stream().map(YamlProblem::toString).toList();
            if (json) out.println(JsonMapper.builder().build().writeValueAsString(Map.of("refused", told)));
            else told.forEach(out::println);
            return NOT_HELD;
        }
        Simulation opened;
        try {
            Path tariff = folder.resolve("tariff.yaml");
            opened = new Simulation(Simulation.smaller(plan, children), Files.exists(tariff) ? Given.text(tariff) : "", seed, house -> {});
        } catch (RuntimeException failure) {
            err.println("afterbell: no house to simulate in: " + NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            return UNAVAILABLE;
        }
        try (Simulation simulation = opened) {
            Tally tally = simulation.live(days, List.of(), (day, t) -> err.println(day + " lived, violations " + t.violations + ", troubles noticed " + t.noticed() + " of " + t.planted()));
            if (registers != null) simulation.print(registers);
            if (json) out.println(JsonMapper.builder().build().writeValueAsString(tally.json()));
            else tally.print(out);
            return tally.held() ? HELD : NOT_HELD;
        }
    }
}
