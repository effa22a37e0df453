package afterbell.app.commands;

import afterbell.app.Subcommand;
import afterbell.base.audit.VerifyChain;
import afterbell.base.schools.Schools;
import afterbell.base.shared.access.Scope;
import afterbell.base.shared.access.Scopes;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code audit}: the record of who did what. */
@Command(name = "audit", description = "Checks the record of who did what.", mixinStandardHelpOptions = true, subcommands = {AuditCommand.Verify.class})
public final class AuditCommand implements Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        throw new ParameterException(spec.commandLine(), "Missing what to do, for example: audit verify --school CODE");
    }

    /** {@code audit verify}: exits 1 where an entry was changed, removed or slipped in. */
    @Command(name = "verify", description = "Computes a school's chain again; exits 1 where the record was changed.", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        private static final Pattern NOTED = Pattern.compile("(\\d{1,18}):([0-9a-fA-F]{64})");

        @Mixin
        private NodeOptions node = new NodeOptions();

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--school", paramLabel = "CODE", required = true, description = "the school's code")
        private String code = "";

        @Option(names = "--head", paramLabel = "NUMBER:HASH", description = "a head noted earlier, which must still be in the chain")
        private @Nullable String noted;

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        @Override
        public Integer call() {
            Map<Long, String> heads = heads();
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            try (ConfigurableApplicationContext house = node.open(node.dataOr("data"))) {
                Optional<UUID> school = Scopes.within(Scope.DOOR, () -> house.getBean(Schools.class).byCode(code));
                if (school.isEmpty()) {
                    out.println(json ? JsonMapper.builder().build().writeValueAsString(Map.of("refused", List.of("There is no school " + code))) : "There is no school " + code);
                    return 1;
                }
                VerifyChain verify = house.getBean(VerifyChain.class);
                return tell(out, Scopes.within(Scope.school(school.get(), null), () -> verify.run(school.get(), heads)));
            }
        }

        private Map<Long, String> heads() {
            if (noted == null) return Map.of();
            var m = NOTED.matcher(noted);
            if (!m.matches() && spec != null) throw new ParameterException(spec.commandLine(), "--head is a number, a colon and 64 hexadecimal digits");
            return Map.of(Long.parseLong(m.group(1)), m.group(2));
        }

        private int tell(PrintWriter out, VerifyChain.Report report) {
            if (json) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("school", code);
                all.put("true", report.lies().isEmpty());
                all.put("links", report.links());
                all.put("entries", report.entries());
                all.put("waiting", report.waiting());
                all.put("head", report.head());
                all.put("lies", report.lies());
                out.println(JsonMapper.builder().build().writeValueAsString(all));
            } else {
                report.lies().forEach(lie -> out.println(sentence(lie)));
                out.printf(Locale.ROOT, "%d entries in %d links, %d waiting; head %d:%s%n", report.entries(), report.links(), report.waiting(), report.links(), report.head());
                if (report.lies().isEmpty()) out.println("everything is so");
            }
            return report.lies().isEmpty() ? 0 : 1;
        }

        private static String sentence(VerifyChain.Lie lie) {
            return switch (lie.kind()) {
                case CHANGED -> "link " + lie.link() + ": an entry was changed" + (lie.entry() == null ? "" : " (" + lie.entry() + ")");
                case REMOVED -> "link " + lie.link() + ": an entry is gone";
                case BROKEN -> "link " + lie.link() + " does not build upon the one before";
                case OUTSIDE -> "entry " + lie.entry() + " stands outside the chain";
                case REWRITTEN -> "link " + lie.link() + " is not the one that was noted";
            };
        }
    }
}
