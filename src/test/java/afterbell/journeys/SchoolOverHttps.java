package afterbell.journeys;

import afterbell.Afterbell;
import afterbell.testing.GivenSchool;
import afterbell.testing.SelfSigned;
import afterbell.testing.TestDatabase;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfiguration;

/** The house as a school runs it: no demo, HTTPS with a certificate of its own, under a name that is not localhost, neither mail nor text messages. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = Afterbell.class, webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@ContextConfiguration(initializers = {TestDatabase.class, SchoolOverHttps.Server.class})
@Import(GivenSchool.class)
@interface SchoolOverHttps {

    /** One address for the whole run. */
    final class Server implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        static final String HOST = "fangxue.shuguang-school.test";
        static final int PORT = freePort();
        static final String ADDRESS = "https://" + HOST + ":" + PORT;

        /** Below the ports that the system gives to outgoing connections: one of those would be taken by somebody else until the node is up. */
        private static int freePort() {
            for (int port = 18_443; port < 19_443; port += 10) {
                try (ServerSocket probe = new ServerSocket(port)) {
                    return probe.getLocalPort();
                } catch (IOException taken) {
                    // The next one.
                }
            }
            throw new IllegalStateException("no free port between 18443 and 19443");
        }

        /** A real node is not opened by a superuser of the database; a plain member of its owner may migrate. */
        private static void keeper(ConfigurableEnvironment environment) {
            try (Connection c = DriverManager.getConnection(
                            environment.getRequiredProperty("afterbell.database.url"),
                            environment.getRequiredProperty("afterbell.database.migration-user"),
                            environment.getRequiredProperty("afterbell.database.migration-password"));
                    Statement s = c.createStatement()) {
                s.execute("drop role if exists school_keeper");
                s.execute("create role school_keeper login password 'only-for-tests' in role afterbell_owner");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            keeper(context.getEnvironment());
            SelfSigned pem = SelfSigned.of(HOST);
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "https",
                            Map.of(
                                    "afterbell.serve", "true",
                                    "afterbell.database.migration-user", "school_keeper",
                                    "afterbell.database.migration-password", "only-for-tests",
                                    "server.port", PORT,
                                    "server.ssl.certificate", "file:" + pem.certificate(),
                                    "server.ssl.certificate-private-key", "file:" + pem.key(),
                                    "afterbell.address", ADDRESS)));
        }
    }
}
