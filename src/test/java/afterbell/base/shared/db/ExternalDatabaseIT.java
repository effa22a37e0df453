package afterbell.base.shared.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second real PostgreSQL, prepared by the printed script alone and then checked and migrated without a superuser. */
class ExternalDatabaseIT {
    static DatabaseServer server;
    static EmbeddedPostgres.Address at;
    static RolesScript script = RolesScript.fresh("house");

    @BeforeAll
    static void prepare() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("afterbell-external-");
        server = EmbeddedPostgres.startOrJoin(folder);
        at = server.address();
        for (String statement : script.onServer()) run("postgres", statement);
        for (String statement : script.inDatabase()) run("house", statement);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static void run(String database, String statement) throws SQLException {
        try (Connection c = DriverManager.getConnection(at.url(database), at.admin(), at.password());
                Statement s = c.createStatement()) {
            s.execute(statement);
        }
    }

    private static DatabaseAddress prepared() {
        return new DatabaseAddress(at.url("house"), "afterbell_app", script.appPassword(), "afterbell_owner", script.ownerPassword());
    }

    @Test
    void the_printed_script_is_all_that_a_database_needs() throws SQLException {
        ExternalDatabase.check(prepared(), true);
        DatabaseConfiguration.migrate(prepared());
        try (Connection app = DriverManager.getConnection(prepared().url(), "afterbell_app", script.appPassword());
                Statement s = app.createStatement()) {
            assertThatThrownBy(() -> s.executeQuery("select shared.hat()")).as("without a scope").hasMessageContaining("no scope is open");
        }
    }

    @Test
    void a_superuser_is_refused_because_row_level_security_would_not_hold() {
        DatabaseAddress asAdmin = new DatabaseAddress(at.url("house"), at.admin(), at.password(), at.admin(), at.password());
        assertThatThrownBy(() -> ExternalDatabase.check(asAdmin, true))
                .isInstanceOfSatisfying(DatabaseRefused.class, r -> assertThat(r.reasons()).anyMatch(s -> s.contains("superuser or bypasses")).anyMatch(s -> s.startsWith("the user for migrations is a superuser")));
    }

    @Test
    void the_owner_is_refused_as_the_applications_user() {
        DatabaseAddress asOwner = new DatabaseAddress(at.url("house"), "afterbell_owner", script.ownerPassword(), "afterbell_owner", script.ownerPassword());
        assertThatThrownBy(() -> ExternalDatabase.check(asOwner, true)).isInstanceOf(DatabaseRefused.class).hasMessageContaining("must own no table");
    }

    @Test
    void a_database_without_the_extension_is_told_how_to_get_it() throws SQLException {
        run("postgres", "create database bare owner afterbell_owner");
        DatabaseAddress bare = new DatabaseAddress(at.url("bare"), "afterbell_app", script.appPassword(), "afterbell_owner", script.ownerPassword());
        assertThatThrownBy(() -> ExternalDatabase.check(bare, true)).isInstanceOf(DatabaseRefused.class).hasMessageContaining("btree_gist").hasMessageContaining("database roles");
    }

    @Test
    void an_older_postgresql_is_named_with_its_version() {
        ExternalDatabase.Found old = new ExternalDatabase.Found(17, false, false, true, true, false, true, true);
        assertThat(ExternalDatabase.reasons(old, true)).isEqualTo(List.of("the database is PostgreSQL 17; PostgreSQL 18 or newer is needed"));
    }

    @Test
    void every_print_has_passwords_of_its_own_and_hides_them_elsewhere() {
        RolesScript other = RolesScript.fresh("house");
        assertThat(other.appPassword()).isNotEqualTo(script.appPassword()).hasSizeGreaterThan(40);
        assertThat(other.text()).contains(other.appPassword(), other.ownerPassword(), "\\connect house");
        assertThat(other.toString()).doesNotContain(other.appPassword());
        assertThatThrownBy(() -> RolesScript.fresh("x; drop table y")).isInstanceOf(IllegalArgumentException.class);
    }
}
