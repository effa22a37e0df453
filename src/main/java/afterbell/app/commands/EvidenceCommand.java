package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.day.safety.evidence.VerifyBundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code evidence}: the bundle of an incident. */
@Command(name = "evidence", description = "Checks the evidence bundle of an incident.", mixinStandardHelpOptions = true, subcommands = {EvidenceCommand.Verify.class})
public final class EvidenceCommand implements Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        throw new ParameterException(spec.commandLine(), "Missing what to do, for example: evidence verify FILE");
    }

    /** {@code evidence verify}: needs no database; exits 1 where anything was changed since the bundle was made. */
    @Command(name = "verify", description = "Computes a bundle again; exits 1 where anything in it was changed.", mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "the bundle, a .zip")
        private Path file = Path.of("");

        @Option(names = "--head", paramLabel = "HASH", description = "the head as the school noted it, its first 16 digits or more")
        private @Nullable String head;

        @Option(names = "--json", description = "answer as JSON")
        private boolean json;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            VerifyBundle.Report report;
            try (InputStream in = Files.newInputStream(Given.file(file))) {
                report = VerifyBundle.verify(in, head);
            } catch (IOException unreadable) {
                if (spec == null) throw new IllegalStateException(unreadable);
                throw new ParameterException(spec.commandLine(), "cannot read " + file, unreadable);
            }
            if (json) {
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("true", report.whole());
                all.put("school", report.school());
                all.put("incident", report.incident());
                all.put("entries", report.entries());
                all.put("frozen", report.frozen());
                all.put("files", report.files());
                all.put("erased", report.erased());
                all.put("head", report.head());
                all.put("lies", report.lies());
                out.println(JsonMapper.builder().build().writeValueAsString(all));
            } else {
                report.lies().forEach(l -> out.println(sentence(l)));
                out.println(report.entries() + " entries, " + report.frozen() + " frozen, " + report.files() + " files; head " + report.head());
                if (report.whole()) out.println("everything is so");
            }
            return report.whole() ? 0 : 1;
        }

        private static String sentence(VerifyBundle.Lie lie) {
            return switch (lie.kind()) {
                case UNREADABLE -> "this is no evidence bundle";
                case CHANGED -> "entry " + lie.about() + " was changed";
                case BROKEN -> "entry " + lie.about() + " does not build upon the one before";
                case WORDS -> "the words of entry " + lie.about() + " are not those that were written";
                case FILE -> "file " + lie.about() + " was changed";
                case FILES -> "file " + lie.about() + " is missing, or was put in later";
                case FROZEN -> "what was frozen of " + lie.about() + " is not what the freeze says";
                case CUSTODY -> "the chain of custody of child " + lie.about() + " is not the one that the incident names";
                case SEAL -> "the list was changed after it was sealed";
                case HEAD -> "the head is not " + lie.about();
            };
        }
    }
}
