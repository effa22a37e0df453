package afterbell.base.shared.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL 18 that belongs to one data folder: unpacked once, initialised with scram passwords, bound to loopback, durable (fsync on).
 *
 * <p>It hangs on a lifeline: a small shell waits on its standard input, which ends with this process however it dies, and then stops the server
 * cleanly. A second process on the same data folder joins the running server instead of starting one.
 */
public final class EmbeddedPostgres {
    private static final String VERSION = "18.4.0";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String LIFELINE =
            """
            "$@" & pid=$!
            trap 'kill -INT $pid' TERM INT HUP
            read -r _
            kill -INT $pid 2>/dev/null
            wait $pid
            """;

    private final Path cluster;
    private final Path secrets;
    private final Path binaries;
    private final boolean durable;
    private final boolean root = "root".equals(System.getProperty("user.name"));

    private EmbeddedPostgres(Path data, Path binaries, boolean durable) {
        this.cluster = data.resolve("pg18");
        this.secrets = data.resolve("database.properties");
        this.binaries = binaries;
        this.durable = durable;
    }

    /**
     * Where a server listens and how its administrator signs in.
     *
     * @param started true where this call started the server, false where it joined a running one
     */
    public record Address(String host, int port, String admin, String password, String appPassword, boolean started) {
        public String url(String database) {
            return "jdbc:postgresql://" + host + ":" + port + "/" + database;
        }
    }

    /** Starts the server of a data folder, or joins it where it runs already. */
    static DatabaseServer startOrJoin(Path data) {
        return open(data, true);
    }

    /** A server for tests: the same, but without waiting for the disk. Never for anybody's data. */
    public static Address startForTests(Path data) {
        return Objects.requireNonNull(open(data, false).address());
    }

    /** Takes away the database of a folder; its server must have stopped. */
    static void discard(Path data) throws IOException {
        deleteTree(data.resolve("pg18"));
        Files.deleteIfExists(data.resolve("database.properties"));
    }

    /** Takes away a database that is not worth keeping; false where its server runs, and then nothing is touched. */
    public static boolean discardIfStopped(Path data) {
        try {
            Path pidFile = data.resolve("pg18/postmaster.pid");
            if (Files.exists(pidFile)) {
                List<String> lines = Files.readAllLines(pidFile);
                if (!lines.isEmpty() && alive(lines.getFirst())) return false;
            }
            discard(data);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DatabaseServer open(Path data, boolean durable) {
        try {
            Files.createDirectories(data);
            EmbeddedPostgres server = new EmbeddedPostgres(data, unpack(), durable);
            try (FileChannel channel = FileChannel.open(data.resolve("start.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) throw new IllegalStateException("the data folder is locked");
                return server.open();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded database could not start in " + data, e);
        }
    }

    private DatabaseServer open() throws IOException {
        Properties known = secrets();
        @Nullable Address running = running(known);
        if (running != null) return new DatabaseServer(running, null);
        boolean fresh = !Files.exists(cluster.resolve("PG_VERSION"));
        if (fresh) initialise(known);
        int port = freePort();
        Process lifeline = launch(port);
        Address address = address(known, port, true);
        awaitReady(address);
        return new DatabaseServer(address, lifeline);
    }

    private Properties secrets() throws IOException {
        Properties known = new Properties();
        if (Files.exists(secrets)) {
            try (InputStream in = Files.newInputStream(secrets)) {
                known.load(in);
            }
            return known;
        }
        known.setProperty("admin", word());
        known.setProperty("app", word());
        Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(secrets)) {
            known.store(out, "made at the first start; keep private");
        }
        return known;
    }

    /** The server of this folder where one answers; a stale pid file of a killed machine counts as none. */
    private @Nullable Address running(Properties known) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Path pidFile = cluster.resolve("postmaster.pid");
            if (!Files.exists(pidFile)) return null;
            List<String> lines;
            try {
                lines = Files.readAllLines(pidFile);
            } catch (IOException e) {
                if (Files.exists(pidFile)) throw e;
                return null;
            }
            if (lines.size() < 8) {
                if (lines.isEmpty() || !alive(lines.getFirst())) return null;
                pause();
                continue;
            }
            if (!alive(lines.getFirst())) return null;
            Address address = address(known, Integer.parseInt(lines.get(3).strip()), false);
            if (answers(address)) return address;
            pause();
        }
        throw new IOException("a database server holds " + cluster + " but does not answer");
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip())).map(ProcessHandle::isAlive).orElse(false);
    }

    private Address address(Properties known, int port, boolean started) {
        return new Address("127.0.0.1", port, "postgres", known.getProperty("admin"), known.getProperty("app"), started);
    }

    private void initialise(Properties known) throws IOException {
        deleteTree(cluster);
        Files.createDirectories(cluster);
        Path password = Files.createTempFile(cluster.getParent(), "init", ".tmp");
        Files.writeString(password, known.getProperty("admin"));
        own(cluster);
        own(password);
        try {
            run(asServerUser(List.of(
                    binaries.resolve("bin/initdb").toString(),
                    "-D", cluster.toString(),
                    "-U", "postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    durable ? "--data-checksums" : "--no-sync")));
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private Process launch(int port) throws IOException {
        List<String> server = new ArrayList<>(List.of(
                binaries.resolve("bin/postgres").toString(), "-D", cluster.toString(), "-p", Integer.toString(port), "-h", "127.0.0.1", "-k", ""));
        for (String setting : settings()) {
            server.add("-c");
            server.add(setting);
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", LIFELINE, "postgres-lifeline"));
        command.addAll(asServerUser(server));
        Path log = cluster.resolveSibling("database.log");
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    }

    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "max_connections=60",
                "shared_buffers=128MB",
                // A big import counts its own tables; sheets, grants and seats of a busy evening are counted soon after they came.
                "autovacuum_naptime=2s",
                "timezone=UTC",
                "log_timezone=UTC",
                "lc_messages=C",
                "log_min_error_statement=panic",
                "log_parameter_max_length_on_error=0",
                "idle_in_transaction_session_timeout=60s",
                "wal_level=minimal",
                "max_wal_senders=0",
                "jit=off",
                "io_method=worker"));
        if (!durable) settings.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"));
        return settings;
    }

    private void awaitReady(Address address) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (answers(address)) return;
            pause();
        }
        throw new IOException("the database did not answer within " + START_LIMIT.toSeconds() + " s; its log is " + cluster.resolveSibling("database.log"));
    }

    private static boolean answers(Address address) {
        try (Connection c = DriverManager.getConnection(address.url("postgres"), address.admin(), address.password())) {
            return c.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    // PostgreSQL refuses to run as root: it is then started as an unprivileged user of the machine.
    private List<String> asServerUser(List<String> command) {
        if (!root) return command;
        String user = serverUser();
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid=" + user, "--regid=" + serverGroup(user), "--clear-groups"));
        all.addAll(command);
        return all;
    }

    private void own(Path path) throws IOException {
        if (!root) return;
        String user = serverUser();
        run(List.of("chown", "-R", user + ":" + serverGroup(user), path.toString()));
        // The server must be able to walk down to its folder.
        for (Path p = path.toAbsolutePath().getParent(); p != null && p.getParent() != null; p = p.getParent()) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(p);
            if (rights.contains(PosixFilePermission.OTHERS_EXECUTE)) continue;
            if (p.startsWith("/root")) throw new IOException(p + " can't be entered by the database's user; choose another folder with --data");
            rights.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(p, rights);
        }
    }

    private static String serverUser() {
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"))) if (line.startsWith("postgres:")) return "postgres";
        } catch (IOException e) {
            return "nobody";
        }
        return "nobody";
    }

    private static String serverGroup(String user) {
        try {
            String group = user.equals("nobody") ? "nogroup" : user;
            for (String line : Files.readAllLines(Path.of("/etc/group"))) if (line.startsWith(group + ":")) return group;
        } catch (IOException e) {
            return user;
        }
        return user;
    }

    /** Unpacks the server's programs once per machine user; a half-written folder of a killed start is not taken for a whole one. */
    private static Path unpack() throws IOException {
        Path home = cache().resolve("postgres-" + VERSION);
        if (Files.exists(home.resolve("unpacked"))) return home;
        Path parent = Objects.requireNonNull(home.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        try (FileChannel channel = FileChannel.open(parent.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid() || Files.exists(home.resolve("unpacked"))) return home;
            deleteTree(home);
            Files.createDirectories(home);
            try (InputStream raw = EmbeddedPostgres.class.getResourceAsStream("/" + archive())) {
                if (raw == null) throw new IOException("no embedded database for this machine (" + archive() + "); name an external one, see the README");
                extract(raw, home);
            }
            Files.createFile(home.resolve("unpacked"));
        }
        return home;
    }

    private static String archive() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "windows";
        return "postgres-" + family + "-" + (arch.equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
    }

    private static Path cache() {
        @Nullable String chosen = System.getenv("AFTERBELL_CACHE");
        if (chosen != null) return Path.of(chosen);
        if ("root".equals(System.getProperty("user.name"))) return Path.of("/var/cache/afterbell");
        @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
        return (xdg == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg)).resolve("afterbell");
    }

    private static void extract(InputStream raw, Path home) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(raw, 1 << 16)))) {
            for (@Nullable TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                Path target = home.resolve(e.getName()).normalize();
                if (!target.startsWith(home)) throw new IOException("an entry points outside its archive: " + e.getName());
                if (e.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Path folder = target.getParent();
                    if (folder != null) Files.createDirectories(folder);
                    if (e.isSymbolicLink()) {
                        Files.deleteIfExists(target);
                        Files.createSymbolicLink(target, Path.of(e.getLinkName()));
                    } else {
                        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
                        if ((e.getMode() & 0100) != 0) target.toFile().setExecutable(true, false);
                    }
                }
            }
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) return;
        try (var paths = Files.walk(tree)) {
            for (Path p : paths.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(p);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int code = p.waitFor();
            if (code != 0) throw new IOException(command.getFirst() + " ended with " + code + ": " + said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String word() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
