package afterbell.testing;

import afterbell.base.shared.db.DatabaseRoles;
import afterbell.base.shared.db.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One real PostgreSQL per test run; each application context gets a database of its own, cloned from a migrated one. */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** Started by the first test that needs it; the lifeline ends it with this process. */
    private static final class Server {
        static final Path FOLDER = folder();
        static final EmbeddedPostgres.Address ADDRESS = start();

        private static Path folder() {
            try {
                Path folder = Files.createTempDirectory("afterbell-test-");
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static EmbeddedPostgres.Address start() {
            EmbeddedPostgres.Address address = EmbeddedPostgres.startForTests(FOLDER);
            try {
                DatabaseRoles.prepare(address, "model");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Flyway.configure()
                    .dataSource(address.url("model"), address.admin(), address.password())
                    .initSql("set role " + DatabaseRoles.OWNER)
                    .locations("classpath:db/migration")
                    .schemas("flyway")
                    .outOfOrder(true)
                    .load()
                    .migrate();
            return address;
        }
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        EmbeddedPostgres.Address server = Server.ADDRESS;
        String database = clone(server);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test database",
                        Map.of(
                                "afterbell.database.url", server.url(database),
                                "afterbell.database.password", server.appPassword(),
                                "afterbell.database.migration-user", server.admin(),
                                "afterbell.database.migration-password", server.password(),
                                "afterbell.second-factor", "false",
                                "afterbell.key-file", Server.FOLDER.resolve("test.key").toString(),
                                "afterbell.test.admin-password", server.password(),
                                "afterbell.database.data", Server.FOLDER.toString())));
    }

    private static synchronized String clone(EmbeddedPostgres.Address server) {
        String name = "t" + NEXT.incrementAndGet();
        try (Connection c = DriverManager.getConnection(server.url("postgres"), server.admin(), server.password());
                Statement s = c.createStatement()) {
            s.execute("create database " + name + " template model owner " + DatabaseRoles.OWNER);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
