package afterbell.app.commands;

import afterbell.app.Subcommand;
import afterbell.base.schools.EverySchool;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import afterbell.money.billing.VerifyLedger;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code ledger}: the schools' books. */
@Command(name = "ledger", description = "Checks the schools' books.", mixinStandardHelpOptions = true, subcommands = {LedgerCommand.Verify.class})
public final class LedgerCommand implements Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        throw new ParameterException(spec.commandLine(), "Missing what to do, for example: ledger verify");
    }

    /** {@code ledger verify}: exits 1 where an entry does not balance, the chain is broken, or a charge does not compute again to the same bytes. */
    @Command(name = "verify", description = "Proves balance and chain, and that each charge computes again to the same bytes; exits 1 where it does not.", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Mixin
        private NodeOptions node = new NodeOptions();

        @Option(names = "--school", paramLabel = "CODE", description = "one school only; all of this node otherwise")
        private String code = "";

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        private record Told(String school, VerifyLedger.Report report) {}

        @Override
        public Integer call() {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            try (ConfigurableApplicationContext house = node.open(node.dataOr("data"))) {
                Schools schools = house.getBean(Schools.class);
                VerifyLedger verify = house.getBean(VerifyLedger.class);
                List<UUID> all = new ArrayList<>();
                if (code.isEmpty()) house.getBean(EverySchool.class).run("ledger.verify", all::add);
                else Scopes.within(Scope.DOOR, () -> schools.byCode(code)).ifPresent(all::add);
                if (all.isEmpty() && !code.isEmpty()) {
                    out.println(json ? JsonMapper.builder().build().writeValueAsString(Map.of("refused", List.of("There is no school " + code))) : "There is no school " + code);
                    return 1;
                }
                List<Told> told = all.stream().map(school -> Scopes.within(Scope.school(school, null), () -> new Told(schools.get(school).code(), verify.run(school)))).toList();
                return tell(out, told);
            }
        }

        private int tell(PrintWriter out, List<Told> all) {
            boolean sound = all.stream().allMatch(t -> t.report().lies().isEmpty());
            if (json) {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("true", sound);
                answer.put("schools", all.stream().map(Verify::asJson).toList());
                out.println(JsonMapper.builder().build().writeValueAsString(answer));
            } else {
                for (Told t : all) {
                    t.report().lies().forEach(lie -> out.println(t.school() + ": " + sentence(lie)));
                    out.printf(
                            Locale.ROOT, "%s: %d entries, %d waiting, %d charges computed again; head %d:%s%n", t.school(), t.report().entries(), t.report().waiting(), t.report().charges(), t.report().entries(),
                            t.report().head());
                }
                if (sound) out.println("everything is so");
            }
            return sound ? 0 : 1;
        }

        private static Map<String, Object> asJson(Told t) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("school", t.school());
            answer.put("true", t.report().lies().isEmpty());
            answer.put("entries", t.report().entries());
            answer.put("waiting", t.report().waiting());
            answer.put("charges", t.report().charges());
            answer.put("head", t.report().head());
            answer.put("lies", t.report().lies());
            return answer;
        }

        private static String sentence(VerifyLedger.Lie lie) {
            return switch (lie.kind()) {
                case UNBALANCED -> "entry " + lie.subject() + " does not balance";
                case CHANGED -> "entry " + lie.subject() + " was changed";
                case REMOVED -> "entry " + lie.subject() + " is gone";
                case BROKEN -> "the link of entry " + lie.subject() + " does not build upon the one before";
                case OUTSIDE -> "entry " + lie.subject() + " stands outside the chain";
                case CHARGE_DIFFERS -> "charge " + lie.subject() + " does not compute again to what was kept";
                case FACTS_DIFFER -> "charge " + lie.subject() + " was made of facts that nobody locked";
                case AMOUNT_DIFFERS -> "charge " + lie.subject() + " was booked with another amount";
                case CHARGE_WITHOUT_FACTS -> "entry " + lie.subject() + " names a charge that does not exist";
            };
        }
    }
}
