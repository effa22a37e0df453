package afterbell.app.commands;

import afterbell.app.Given;
import afterbell.app.Subcommand;
import afterbell.base.shared.ShiftableClock;
import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.db.Backup;
import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code backup}: the whole embedded database in one sealed file, also while the node works. */
@Command(name = "backup", description = "Writes the embedded database into one sealed file; the node may go on working.", mixinStandardHelpOptions = true)
public final class BackupCommand implements Subcommand {
    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "file to write; must not exist")
    private Path to = Path.of("");

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, SQLException {
        quiet();
        Path data = node.dataOr("data");
        Path key = node.keyFile(data);
        if (Files.exists(to)) return refused(to + " exists already; a backup writes over nothing", json);
        MasterKey master = master(key);
        Path part = to.resolveSibling(to.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
            Backup.Report report = Backup.write(data, master, new ShiftableClock().instant(), out);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
            tell(report, Files.size(to), json);
            return 0;
        } catch (Backup.Refused refused) {
            return refused(refused.reason(), json);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static MasterKey master(Path key) {
        if (!Given.text(key).strip().matches("[0-9a-fA-F]{64}")) throw new Given.Unusable("the key file " + key + " is damaged: it must hold 64 hexadecimal digits");
        return MasterKey.at(key);
    }

    /** Standard output belongs to the answer. */
    static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) root.setLevel(Level.OFF);
    }

    static int refused(String reason, boolean json) {
        System.out.println(json ? JsonMapper.builder().build().writeValueAsString(Map.of("refused", List.of(reason))) : reason);
        return 1;
    }

    static void tell(Backup.Report report, long bytes, boolean json) {
        if (json) System.out.println(JsonMapper.builder().build().writeValueAsString(Map.of("madeAt", report.madeAt(), "schema", report.schema(), "tables", report.tables(), "rows", report.rows(), "bytes", bytes)));
        else System.out.printf(Locale.ROOT, "%,d rows of %d tables, %,d bytes, made at %s, schema %s%n", report.rows(), report.tables(), bytes, report.madeAt(), report.schema());
    }
}
