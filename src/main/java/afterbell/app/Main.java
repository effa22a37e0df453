package afterbell.app;

import afterbell.app.commands.DemoAccountsCommand;
import afterbell.app.commands.RunCommand;
import afterbell.app.commands.ServeCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

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

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) spec.commandLine().usage(System.out);
    }

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        // Servers keep running on their own threads; every other command ends here.
        if (code != Subcommand.KEEPS_RUNNING) System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (Subcommand c : found()) line.addSubcommand(c);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandLine.IExitCodeGenerator wrong) {
                command.getErr().println("afterbell: " + failure.getMessage());
                return wrong.getExitCode();
            }
            command.getErr().println("afterbell: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
            return 3;
        });
        return line;
    }

    private static List<Subcommand> found() {
        List<Subcommand> all = new ArrayList<>();
        ServiceLoader.load(Subcommand.class).forEach(all::add);
        return all;
    }
}
