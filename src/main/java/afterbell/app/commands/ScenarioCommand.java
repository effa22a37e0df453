package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.app.scenarios.LoadScenario;
import afterbell.app.scenarios.Scenario;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.base.shared.yaml.YamlProblem;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Programme;
import afterbell.term.programme.SlotTime;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code scenario}: a source plan becomes a school with a published plan; prints its week. A second time only prints. */
@Command(name = "scenario", description = "Loads a source plan (a folder of scenarios/) as a school, publishes its plan and prints the week.", mixinStandardHelpOptions = true)
public final class ScenarioCommand implements Subcommand {
    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int UNAVAILABLE = 3;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Parameters(index = "0", paramLabel = "FOLDER", description = "for example scenarios/000; plan.yaml stands in it")
    private Path folder = Path.of("");

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Path file = folder.resolve("plan.yaml");
        List<YamlProblem> problems = new ArrayList<>();
        Scenario plan = Scenario.read(file.toString(), Given.text(file), problems);
        if (!problems.isEmpty()) {
            List<String> told = problems.stream().map(YamlProblem::toString).toList();
            if (json) out.println(JsonMapper.builder().build().writeValueAsString(Map.of("refused", told)));
            else told.forEach(out::println);
            return REFUSED;
        }
        Path data = node.dataOr("scenarios");
        ConfigurableApplicationContext house;
        try {
            house = node.open(data);
        } catch (RuntimeException failure) {
            err.println("afterbell: the node of " + data + " could not be opened: " + NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            return UNAVAILABLE;
        }
        try (house) {
            return new Work(house.getBean(Schools.class), house.getBean(LoadScenario.class), house.getBean(Plans.class), house.getBean(Programme.class), out).run(plan, json);
        }
    }

    /** The command without the house around it. */
    record Work(Schools schools, LoadScenario scenarios, Plans plans, Programme programme, PrintWriter out) {

        int run(Scenario plan, boolean json) {
            String code = "PLAN-" + plan.id();
            Optional<UUID> known = Scopes.within(Scope.DOOR, () -> schools.byCode(code));
            List<String> refused = new ArrayList<>();
            UUID school = known.orElseGet(() -> {
                LoadScenario.Loaded loaded = scenarios.load(plan, code);
                loaded.stops().forEach(p -> refused.add(p.kind() + " " + p.facts()));
                loaded.barred().forEach(rule -> refused.add("the packs of that year don't allow the plan's " + rule));
                return loaded.school();
            });
            Map<String, Map<String, List<String>>> week = Scopes.within(Scope.school(school, null), () -> week(school));
            if (json) out.println(JsonMapper.builder().build().writeValueAsString(answer(code, known.isEmpty(), refused, week)));
            else print(code, refused, week);
            return refused.isEmpty() ? DONE : REFUSED;
        }

        private static Map<String, Object> answer(String code, boolean loaded, List<String> refused, Map<String, Map<String, List<String>>> week) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("school", code);
            answer.put("loaded", loaded);
            answer.put("refused", refused);
            answer.put("week", week);
            return answer;
        }

        private void print(String code, List<String> refused, Map<String, Map<String, List<String>>> week) {
            out.println(code);
            week.forEach((grade, cells) -> {
                out.println("grade " + grade);
                cells.forEach((when, contents) -> out.println("  " + when + "  " + String.join(", ", contents)));
            });
            refused.forEach(reason -> out.println("refused: " + reason));
        }

        /** Contents by grade, then by weekday and time. */
        private Map<String, Map<String, List<String>>> week(UUID school) {
            UUID term = plans.term(school, null).orElseThrow().id();
            Plans.Bells bells = plans.bells(school, term);
            List<Cell> cells = programme.cells(school, term);
            Map<String, Map<String, List<String>>> week = new LinkedHashMap<>();
            for (int grade : bells.bands().keySet())
                week.put(
                        Integer.toString(grade),
                        bells.of(grade).stream()
                                .filter(SlotTime::period)
                                .collect(Collectors.toMap(
                                        s -> s.weekday() + " " + s.from() + "-" + s.until(), s -> CellPolicy.of(cells, s.id(), grade).stream().map(CellPolicy.Content::text).toList(), (a, b) -> a, LinkedHashMap::new)));
            return week;
        }
    }
}
