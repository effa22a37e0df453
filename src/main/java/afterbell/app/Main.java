package afterbell.app;

import afterbell.app.commands.DemoAccountsCommand;
import afterbell.app.commands.RunCommand;
import afterbell.app.commands.ServeCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line. Exit codes: 0 done, 1 refused or a lie found, 2 wrong usage, 3 unavailable. Commands that live in other folders are found as
 * {@link Subcommand} services.
 */
@Command(
        name = "afterbell",
        mixinStandardHelpOptions = true,
        version = "afterbell 0.1.0",
        footer = {"  test           Builds and runs the tests: --fast, nothing for what CI runs, --full.", "", "Exit codes: 0 done, 1 refused or a lie found, 2 wrong usage, 3 unavailable."},
        subcommands = {RunCommand.class, ServeCommand.class, DemoAccountsCommand.class, CommandLine.HelpCommand.class})
public final class Main implements Runnable {
    private static final int REFUSED = 1;
    private static final int UNAVAILABLE = 3;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) spec.commandLine().usage(System.out);
    }

    public static void main(String[] args) {
        int code = run(args);
        // Servers keep running on their own threads; every other command ends here.
        if (code != Subcommand.KEEPS_RUNNING) System.exit(code);
    }

    private static int run(String... args) {
        try {
            return commandLine().execute(args);
        } catch (OutOfMemoryError full) {
            System.err.println("afterbell: this needs more memory than Java was given; AFTERBELL_HEAP=2g gives more");
            return UNAVAILABLE;
        }
    }

    /** All commands, with the house's answers to what goes wrong. */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (Subcommand c : found()) line.addSubcommand(c);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Given.Unusable unusable) return refused(command, String.valueOf(unusable.getMessage()));
            if (failure instanceof CommandLine.IExitCodeGenerator wrong) {
                command.getErr().println("afterbell: " + failure.getMessage());
                return wrong.getExitCode();
            }
            command.getErr().println("afterbell: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
            return UNAVAILABLE;
        });
        return line;
    }

    private static int refused(CommandLine command, String reason) {
        boolean json = command.getParseResult().hasMatchedOption("--json");
        command.getOut().println(json ? JsonMapper.builder().build().writeValueAsString(Map.of("refused", List.of(reason))) : reason);
        command.getOut().flush();
        return REFUSED;
    }

    private static List<Subcommand> found() {
        List<Subcommand> all = new ArrayList<>();
        ServiceLoader.load(Subcommand.class).forEach(all::add);
        return all;
    }
}
