package afterbell.base.shared.db;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.testing.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole demo world, backed up while its node works, and put back into an empty folder: every row of every table, and the chains whole. */
@Req("P16")
class BackupIT {
    static Path home;
    static Path backup;
    static String wroteIt;

    @BeforeAll
    static void back_up_the_working_demo() throws IOException, SQLException {
        home = Files.createTempDirectory("afterbell-backup-");
        backup = home.resolve("world.backup");
        try (Node demo = Node.start(home, Map.of(), "run", "--port", "0", "--data", home.resolve("a").toString())) {
            demo.ready();
            seat();
            Node command = Node.start(home, Map.of(), "backup", "--data", home.resolve("a").toString(), "--to", backup.toString());
            assertThat(command.ended()).as(command.out() + command.err()).isZero();
            wroteIt = command.out();
        }
    }

    // The demo stands before its draw: a hundred children get a place by hand, so that there are seats to lose.
    private static void seat() throws SQLException {
        try (DatabaseServer server = EmbeddedPostgres.startOrJoin(home.resolve("a"))) {
            EmbeddedPostgres.Address at = server.address();
            try (Connection c = DriverManager.getConnection(at.url("afterbell"), at.admin(), at.password());
                    Statement s = c.createStatement()) {
                s.execute("set session_replication_role = replica");
                int seated = s.executeUpdate("""
                        insert into placement.seat (school_id, seat_id, term_id, pupil_id, section_id, activity, from_day, source, given_at)
                        select p.school_id, gen_random_uuid(), x.term_id, p.pupil_id, x.section_id, 'chess', date '2026-09-14', 'draw', timestamptz '2026-09-10 08:00+08'
                        from (select * from roster.pupil order by pupil_id limit 100) p, (select * from programme.section order by section_id limit 1) x
                        """);
                assertThat(seated).isEqualTo(100);
            }
        }
    }

    @AfterAll
    static void clean() throws IOException {
        try (var all = Files.walk(home)) {
            for (Path p : all.sorted((x, y) -> y.compareTo(x)).toList()) Files.delete(p);
        }
    }

    private static Node command(String... arguments) {
        Node node = Node.start(home, Map.of(), arguments);
        node.ended();
        return node;
    }

    /** Rows and a sum over all of them, table by table. */
    private static Map<String, String> contents(Path data) throws SQLException {
        try (DatabaseServer server = EmbeddedPostgres.startOrJoin(data)) {
            EmbeddedPostgres.Address at = server.address();
            try (Connection c = DriverManager.getConnection(at.url("afterbell"), at.admin(), at.password());
                    Statement s = c.createStatement()) {
                List<String> tables = new ArrayList<>();
                try (ResultSet r = s.executeQuery("select format('%I.%I', n.nspname, t.relname) from pg_class t join pg_namespace n on n.oid = t.relnamespace where t.relkind = 'r' and n.nspname !~ '^(pg_|information_schema|flyway)'")) {
                    while (r.next()) tables.add(r.getString(1));
                }
                Map<String, String> all = new TreeMap<>();
                for (String table : tables) {
                    try (ResultSet r = s.executeQuery("select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from " + table + " t")) {
                        r.next();
                        all.put(table, r.getString(1));
                    }
                }
                return all;
            }
        }
    }

    @Test
    void a_restored_world_has_every_row_and_its_node_opens_its_doors() throws Exception {
        Path data = home.resolve("b");
        Node restore = command("restore", "--from", backup.toString(), "--data", data.toString());
        assertThat(restore.ended()).as(restore.out() + restore.err()).isZero();
        assertThat(restore.out()).startsWith(wroteIt.substring(0, wroteIt.indexOf(","))).contains("the records of 4 schools are whole");
        Map<String, String> before = contents(home.resolve("a"));
        Map<String, String> after = contents(data);
        assertThat(before.get("placement.seat")).startsWith("100 ");
        // Between backup and stop the sealers of record and ledger went on, and sums of money came round; what was not sealed in the snapshot may be sealed in the folder.
        for (String moving : List.of("audit.seal", "audit.sealed", "audit.unsealed", "billing.link", "billing.unsealed", "billing.month_figures")) {
            before.remove(moving);
            after.remove(moving);
        }
        // So did the clock of the afternoon, which reads standings anew and rings; the number of the standings stays.
        for (Map<String, String> world : List.of(before, after)) {
            world.computeIfPresent("custody.standing", (table, said) -> said.substring(0, said.indexOf(' ')));
            world.remove("custody.alarm");
        }
        assertThat(after).isEqualTo(before);
        try (Node node = Node.start(home, Map.of(), "run", "--port", "0", "--data", data.toString())) {
            HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.ready() + "/sign-in")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
        }
        Node again = command("restore", "--from", backup.toString(), "--data", data.toString());
        assertThat(again.ended()).isEqualTo(1);
        assertThat(again.out()).contains("already");
    }

    @Test
    void nobody_reads_it_without_the_key_and_the_key_is_not_in_it() throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("roster.pupil", "copy", Files.readString(home.resolve("master.key")).strip());
        Path other = home.resolve("other.key");
        Files.writeString(other, "00".repeat(32));
        Node refused = command("restore", "--from", backup.toString(), "--data", home.resolve("c").toString(), "--key", other.toString());
        assertThat(refused.ended()).isEqualTo(1);
        assertThat(refused.out()).contains("another master key");
        assertThat(home.resolve("c/pg18")).as("nothing half stays").doesNotExist();
    }

    @Test
    void a_damaged_backup_is_refused_before_anything_stands() throws IOException {
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(home.resolve("damaged.backup"), bytes);
        Node check = command("restore", "--check", "--from", damaged.toString(), "--data", home.resolve("d").toString());
        assertThat(check.ended()).isEqualTo(1);
        Node whole = command("restore", "--check", "--from", backup.toString(), "--data", home.resolve("d").toString());
        assertThat(whole.ended()).as(whole.out()).isZero();
        Node over = command("backup", "--data", home.resolve("a").toString(), "--to", backup.toString());
        assertThat(over.ended()).isEqualTo(1);
        assertThat(over.out()).contains("writes over nothing");
    }
}
