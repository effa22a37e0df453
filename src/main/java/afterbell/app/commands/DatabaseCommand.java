package afterbell.app.commands;

import afterbell.app.Subcommand;
import afterbell.base.shared.db.RolesScript;
import org.jspecify.annotations.Nullable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code database}: what an external PostgreSQL needs. */
@Command(name = "database", description = "Prepares an external PostgreSQL 18.", mixinStandardHelpOptions = true, subcommands = {DatabaseCommand.Roles.class})
public final class DatabaseCommand implements Subcommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) throw new IllegalStateException("not started by picocli");
        throw new ParameterException(spec.commandLine(), "Missing what to do, for example: database roles");
    }

    /** {@code database roles}: prints the script that makes roles and database, with fresh passwords. */
    @Command(name = "roles", description = "Prints the script that makes roles and database, with fresh passwords.", mixinStandardHelpOptions = true)
    static final class Roles implements Callable<Integer> {
        @Option(names = "--name", paramLabel = "NAME", defaultValue = "afterbell", description = "name of the database (afterbell)")
        private String name = "afterbell";

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec == null) throw new IllegalStateException("not started by picocli");
            try {
                spec.commandLine().getOut().print(RolesScript.fresh(name).text());
                spec.commandLine().getOut().flush();
                return 0;
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
            }
        }
    }
}
