package afterbell.base.shared.db;

import afterbell.base.shared.crypto.MasterKey;
import afterbell.base.shared.crypto.SealedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Our own consistent export of the embedded database: one repeatable-read snapshot, every table by COPY in text, what the schema was, a checksum for each
 * part, sealed under the master key, which is never in it. Restoring migrates an empty database to the same schema, copies back, checks every sum, and
 * then migrates to this release. Text and COPY make it the way to another major version of PostgreSQL as well.
 */
public final class Backup {
    private static final String PURPOSE = "backup";
    private static final String DATABASE = "afterbell";
    private static final String HEAD = "backup.json";
    private static final String SUMS = "sums.json";
    private static final String TABLE = "table/";
    private static final String RULES = "rules/";
    private static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Backup() {}

    /** Why a backup is not taken or not put back, in plain English. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason, null, false, false);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** @param migrations versions that the database had, in their order */
    record Head(int format, String madeAt, List<String> migrations) {}

    /** One part: how many rows (lines, for a file), and its SHA-256. */
    record Sum(long rows, String sha256) {}

    record Table(String name, List<String> columns) {}

    /** What was written or put back. */
    public record Report(String madeAt, String schema, int tables, long rows) {}

    /** Writes a backup while the node may go on working. */
    public static Report write(Path data, MasterKey master, Instant now, OutputStream file) throws IOException, SQLException {
        if (!Files.exists(data.resolve("pg18/PG_VERSION"))) throw new Refused("there is no embedded database in " + data + "; an external PostgreSQL is backed up with its own tools, for example pgBackRest");
        try (DatabaseServer server = EmbeddedPostgres.startOrJoin(data);
                Connection c = connect(server);
                ZipOutputStream zip = new ZipOutputStream(SealedFile.writing(file, master, PURPOSE))) {
            c.setAutoCommit(false);
            run(c, "set transaction isolation level repeatable read, read only");
            zip.setLevel(Deflater.BEST_SPEED);
            Head head = new Head(FORMAT, now.toString(), migrations(c));
            put(zip, HEAD, head);
            Map<String, Sum> sums = new HashMap<>();
            long rows = 0;
            List<Table> tables = tables(c);
            for (Table table : tables) {
                Sum sum = copyOut(c, table, zip);
                sums.put(TABLE + table.name(), sum);
                rows += sum.rows();
            }
            for (Path pack : packs(data)) sums.put(RULES + pack.getFileName(), file(pack, zip));
            put(zip, SUMS, sums);
            c.rollback();
            return new Report(head.madeAt(), head.migrations().getLast(), tables.size(), rows);
        }
    }

    private static Connection connect(DatabaseServer server) throws SQLException {
        EmbeddedPostgres.Address at = Objects.requireNonNull(server.address());
        return DriverManager.getConnection(at.url(DATABASE), at.admin(), at.password());
    }

    private static List<String> migrations(Connection c) throws SQLException {
        List<String> all = strings(c, "select version from flyway.flyway_schema_history where success and version is not null order by version::numeric");
        if (all.isEmpty()) throw new Refused("the database has never been migrated");
        return all;
    }

    private static List<Table> tables(Connection c) throws SQLException {
        List<Table> all = new ArrayList<>();
        for (String name : strings(c, """
                select format('%I.%I', n.nspname, t.relname) from pg_class t join pg_namespace n on n.oid = t.relnamespace
                where t.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'flyway') and n.nspname !~ '^pg_' order by 1
                """)) all.add(new Table(name, strings(c, "select quote_ident(attname) from pg_attribute where attrelid = '" + name + "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum")));
        return all;
    }

    private static Sum copyOut(Connection c, Table table, ZipOutputStream zip) throws IOException, SQLException {
        zip.putNextEntry(new ZipEntry(TABLE + table.name()));
        // The names of the columns go first: a later release may have more of them.
        byte[] columns = (String.join(",", table.columns()) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        DigestOutputStream sum = new DigestOutputStream(zip, sha256());
        sum.write(columns);
        long rows = copy(c).copyOut("copy " + table.name() + " (" + String.join(", ", table.columns()) + ") to stdout", sum);
        zip.closeEntry();
        return new Sum(rows, hex(sum.getMessageDigest()));
    }

    private static List<Path> packs(Path data) throws IOException {
        Path folder = data.resolve("rules");
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Sum file(Path file, ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(RULES + file.getFileName()));
        DigestOutputStream sum = new DigestOutputStream(zip, sha256());
        long bytes = Files.copy(file, sum);
        zip.closeEntry();
        return new Sum(bytes, hex(sum.getMessageDigest()));
    }

    /** Reads a backup from its first byte to its last and compares every sum; changes nothing. */
    public static Report check(MasterKey master, InputStream file) throws IOException, SQLException {
        return read(master, file, new Sink() {
            @Override
            public void begin(Head head) {}

            @Override
            public long table(String name, InputStream lines) throws IOException {
                lines.transferTo(OutputStream.nullOutputStream());
                return -1;
            }

            @Override
            public void file(String name, InputStream content) throws IOException {
                content.transferTo(OutputStream.nullOutputStream());
            }
        });
    }

    /** Puts a backup into a data folder that has no database yet. Fails whole: a database that did not come to its end is not there. */
    public static Report restore(Path data, MasterKey master, InputStream file) throws IOException, SQLException {
        if (Files.exists(data.resolve("pg18"))) throw new Refused("there is a database in " + data + " already; name an empty folder");
        boolean whole = false;
        try (DatabaseServer server = EmbeddedPostgres.startOrJoin(data)) {
            Report report = restore(server, data, master, file);
            whole = true;
            return report;
        } finally {
            if (!whole) EmbeddedPostgres.discard(data);
        }
    }

    private static Report restore(DatabaseServer server, Path data, MasterKey master, InputStream file) throws IOException, SQLException {
        EmbeddedPostgres.Address at = Objects.requireNonNull(server.address());
        DatabaseRoles.prepare(at, DATABASE);
        DatabaseAddress address = new DatabaseAddress(at.url(DATABASE), DatabaseRoles.APP, at.appPassword(), at.admin(), at.password());
        try (Connection c = connect(server)) {
            c.setAutoCommit(false);
            Report report = read(master, file, new Into(c, address, data));
            c.commit();
            DatabaseConfiguration.migrate(address);
            return report;
        }
    }

    private interface Sink {
        void begin(Head head) throws SQLException;

        /** @return rows taken, or -1 where they are not counted */
        long table(String name, InputStream lines) throws IOException, SQLException;

        void file(String name, InputStream content) throws IOException;
    }

    private record Into(Connection c, DatabaseAddress address, Path data) implements Sink {
        @Override
        public void begin(Head head) throws SQLException {
            // Only what the backup's schema had, so that its rows fit; what is newer is migrated afterwards, over the rows.
            Flyway flyway = DatabaseConfiguration.flyway(address).target(MigrationVersion.fromVersion(head.migrations().getLast())).load();
            List<String> known = Stream.of(flyway.info().all()).filter(i -> i.getVersion() != null).map(i -> i.getVersion().getVersion()).toList();
            if (!known.containsAll(head.migrations())) throw new Refused("the backup was made by a newer release; restore it with that one");
            flyway.migrate();
            run(c, "set session_replication_role = replica");
            List<Table> tables = tables(c);
            run(c, "truncate " + String.join(", ", tables.stream().map(Table::name).toList()));
        }

        @Override
        public long table(String name, InputStream lines) throws IOException, SQLException {
            if (!name.matches("[a-z_\"]+\\.[a-z0-9_\"]+")) throw new Refused("the backup names a table " + name);
            return Backup.copy(c).copyIn("copy " + name + " (" + columns(lines) + ") from stdin", lines);
        }

        private static String columns(InputStream lines) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = lines.read(); b != '\n'; b = lines.read()) {
                if (b < 0 || line.length() > 10_000) throw new Refused("a table of the backup names no columns");
                line.append((char) b);
            }
            if (!line.toString().matches("[a-z0-9_\",]+")) throw new Refused("a table of the backup names no columns");
            return line.toString();
        }

        @Override
        public void file(String name, InputStream content) throws IOException {
            if (!name.matches("[A-Za-z0-9._-]+")) throw new Refused("the backup names a file " + name);
            Files.createDirectories(data.resolve("rules"));
            Files.copy(content, data.resolve("rules").resolve(name));
        }
    }

    private static Report read(MasterKey master, InputStream file, Sink sink) throws IOException, SQLException {
        try (ZipInputStream zip = new ZipInputStream(SealedFile.reading(file, master, PURPOSE))) {
            @Nullable Head head = null;
            @Nullable Map<String, Object> told = null;
            Map<String, Sum> found = new HashMap<>();
            for (@Nullable ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                String name = e.getName();
                if (name.equals(HEAD)) {
                    head = JSON.readValue(zip.readAllBytes(), Head.class);
                    if (head.format() != FORMAT) throw new Refused("the backup has a form that this release does not know");
                    sink.begin(head);
                } else if (name.equals(SUMS)) {
                    told = JSON.readValue(zip.readAllBytes(), JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
                } else {
                    if (head == null) throw new Refused("the backup does not begin with what it is");
                    DigestInputStream sum = new DigestInputStream(zip, sha256());
                    long rows = -1;
                    if (name.startsWith(TABLE)) rows = sink.table(name.substring(TABLE.length()), sum);
                    else sink.file(name.substring(RULES.length()), sum);
                    sum.transferTo(OutputStream.nullOutputStream());
                    found.put(name, new Sum(rows, hex(sum.getMessageDigest())));
                }
            }
            if (head == null || told == null) throw new Refused("the backup is not whole");
            long rows = compare(told, found);
            return new Report(head.madeAt(), head.migrations().getLast(), (int) found.keySet().stream().filter(n -> n.startsWith(TABLE)).count(), rows);
        }
    }

    private static long compare(Map<String, Object> told, Map<String, Sum> found) {
        if (!told.keySet().equals(found.keySet())) throw new Refused("parts of the backup are missing");
        long rows = 0;
        for (Map.Entry<String, Object> each : told.entrySet()) {
            Sum should = JSON.convertValue(each.getValue(), Sum.class);
            Sum is = Objects.requireNonNull(found.get(each.getKey()));
            if (!should.sha256().equals(is.sha256()) || is.rows() >= 0 && is.rows() != should.rows()) throw new Refused(each.getKey() + " is not as it was written");
            if (each.getKey().startsWith(TABLE)) rows += should.rows();
        }
        return rows;
    }

    private static void put(ZipOutputStream zip, String name, Object value) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(JSON.writeValueAsBytes(value));
        zip.closeEntry();
    }

    private static CopyManager copy(Connection c) throws SQLException {
        return c.unwrap(PGConnection.class).getCopyAPI();
    }

    private static List<String> strings(Connection c, String query) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (r.next()) all.add(r.getString(1));
            return all;
        }
    }

    private static void run(Connection c, String statement) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(statement);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
