package afterbell.base.shared.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** The database of this node: embedded or external, migrated before the first bean may use it, seen by the application only as {@code afterbell_app}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    @Bean
    DatabaseServer databaseServer(DatabaseSettings settings) {
        return settings.url() == null ? EmbeddedPostgres.startOrJoin(Path.of(settings.data()).toAbsolutePath()) : DatabaseServer.NONE;
    }

    @Bean
    DatabaseAddress databaseAddress(DatabaseServer server, DatabaseSettings settings, @Value("${afterbell.serve:false}") boolean serve) throws SQLException {
        DatabaseAddress address = server.address() == null ? external(settings, Objects.requireNonNull(settings.url()), serve) : embedded(server.address());
        migrate(address);
        return address;
    }

    private static DatabaseAddress embedded(EmbeddedPostgres.Address server) throws SQLException {
        DatabaseRoles.prepare(server, "afterbell");
        return new DatabaseAddress(server.url("afterbell"), DatabaseRoles.APP, server.appPassword(), server.admin(), server.password());
    }

    private static DatabaseAddress external(DatabaseSettings settings, String url, boolean serve) throws SQLException {
        String password = settings.password() == null ? "" : settings.password();
        String migration = settings.migrationPassword() == null ? password : settings.migrationPassword();
        DatabaseAddress address = new DatabaseAddress(url, settings.user(), password, settings.migrationUser(), migration);
        ExternalDatabase.check(address, serve);
        return address;
    }

    static void migrate(DatabaseAddress address) {
        flyway(address).load().migrate();
    }

    static FluentConfiguration flyway(DatabaseAddress address) {
        return Flyway.configure()
                .dataSource(address.url(), address.migrationUser(), address.migrationPassword())
                .initSql("set role " + DatabaseRoles.OWNER)
                .locations("classpath:db/migration")
                .schemas("flyway")
                .createSchemas(true)
                .outOfOrder(true)
                .validateMigrationNaming(true);
    }

    @Bean
    DataSource dataSource(DatabaseAddress address, DatabaseSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("afterbell");
        pool.setJdbcUrl(address.url());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(settings.pool());
        pool.setAutoCommit(true);
        pool.addDataSourceProperty("ApplicationName", "afterbell");
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new HikariDataSource(pool);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource, DatabaseSettings settings) {
        return new ScopedTransactions(dataSource, settings.pool());
    }
}
