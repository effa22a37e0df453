package afterbell.base.shared.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The four roles of the database. {@code afterbell_owner} owns tables and runs migrations, {@code afterbell_app} is what the application signs in as
 * (never an owner, so forced policies always hold), {@code afterbell_seats} runs the seat functions, {@code afterbell_doors} the functions that turn
 * a token into a scope.
 */
public final class DatabaseRoles {
    public static final String OWNER = "afterbell_owner";
    public static final String APP = "afterbell_app";

    private DatabaseRoles() {}

    /** Makes roles and database where they are missing. Repeating changes nothing but the application's password. */
    public static void prepare(EmbeddedPostgres.Address server, String database) throws SQLException {
        try (Connection c = DriverManager.getConnection(server.url("postgres"), server.admin(), server.password())) {
            for (String role : new String[] {OWNER, APP, "afterbell_seats", "afterbell_doors"}) {
                if (!has(c, "select 1 from pg_roles where rolname = ?", role)) run(c, "create role " + role);
            }
            run(c, "alter role " + APP + " login password '" + server.appPassword() + "'");
            run(c, "grant afterbell_seats, afterbell_doors to " + OWNER);
            if (!has(c, "select 1 from pg_database where datname = ?", database)) run(c, "create database " + database + " owner " + OWNER);
        }
        try (Connection c = DriverManager.getConnection(server.url(database), server.admin(), server.password())) {
            run(c, "create extension if not exists btree_gist");
        }
    }

    private static boolean has(Connection c, String sql, String value) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setString(1, value);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        }
    }

    private static void run(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
        }
    }
}
