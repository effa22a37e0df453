package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.base.audit.VerifyChain;
import afterbell.base.schools.EverySchool;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.crypto.SealedFile;
import afterbell.base.shared.db.Backup;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code restore}: a backup into an empty data folder, with every sum and every school's chain checked. */
@Command(name = "restore", description = "Puts a backup into an empty data folder and checks every sum and chain.", mixinStandardHelpOptions = true)
public final class RestoreCommand implements Subcommand {
    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "the backup")
    private Path from = Path.of("");

    @Option(names = "--key", paramLabel = "FILE", description = "the master key that the backup was made under")
    private @Nullable Path key;

    @Option(names = "--check", description = "only reads it to its end and compares every sum")
    private boolean check;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, SQLException {
        BackupCommand.quiet();
        Path data = node.dataOr("data");
        Path own = node.keyFile(data);
        Path master = key != null ? key : own;
        Given.file(from);
        // Never made anew here: a fresh key opens nothing.
        if (!Files.isRegularFile(master) || !Files.isReadable(master)) throw new Given.Missing("there is no master key " + master + "; name the one of the backup with --key");
        MasterKey opening = BackupCommand.master(master);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(from), 1 << 16)) {
            Backup.Report report = check ? Backup.check(opening, in) : Backup.restore(data, opening, in);
            if (!check) keep(master, own);
            BackupCommand.tell(report, Files.size(from), json);
        } catch (Backup.Refused refused) {
            return BackupCommand.refused(refused.reason(), json);
        } catch (SealedFile.Damaged damaged) {
            return BackupCommand.refused(String.valueOf(damaged.getMessage()), json);
        }
        return check ? 0 : chains(data);
    }

    // The node that starts next on this folder looks for its key there.
    private static void keep(Path master, Path own) throws IOException {
        if (Files.exists(own)) return;
        @Nullable Path folder = own.toAbsolutePath().getParent();
        if (folder != null) Files.createDirectories(folder);
        Files.copy(master, own, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private int chains(Path data) {
        AtomicInteger lies = new AtomicInteger();
        AtomicInteger schools = new AtomicInteger();
        try (ConfigurableApplicationContext house = node.open(data)) {
            VerifyChain verify = house.getBean(VerifyChain.class);
            house.getBean(EverySchool.class).run("restore", school -> {
                // Counted before and after: a school whose check broke off is none that is whole.
                lies.incrementAndGet();
                lies.addAndGet(verify.run(school, Map.of()).lies().size() - 1);
                schools.incrementAndGet();
            });
        }
        if (!json) System.out.println(lies.get() == 0 ? "the records of " + schools.get() + " schools are whole" : lies.get() + " places of the record are not as they were; see audit verify");
        return lies.get() == 0 ? 0 : 1;
    }
}
