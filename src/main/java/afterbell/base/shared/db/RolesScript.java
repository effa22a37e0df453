package afterbell.base.shared.db;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * Prepares an external PostgreSQL: run once by its administrator, with psql. Passwords are made when it is printed and stand nowhere else.
 *
 * @param database name of the database to make
 */
public record RolesScript(String database, String appPassword, String ownerPassword) {

    public RolesScript {
        if (!database.matches("[a-z][a-z0-9_]{0,40}")) throw new IllegalArgumentException("a database is named by small letters, digits and _");
    }

    public static RolesScript fresh(String database) {
        return new RolesScript(database, word(), word());
    }

    /** What the administrator runs on the server, one statement each. */
    public List<String> onServer() {
        return List.of(
                "create role afterbell_owner login password '" + ownerPassword + "'",
                "create role afterbell_app login password '" + appPassword + "'",
                "create role afterbell_seats",
                "create role afterbell_doors",
                "grant afterbell_seats, afterbell_doors to afterbell_owner",
                "create database " + database + " owner afterbell_owner encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C' template template0");
    }

    /** What the administrator then runs in the new database. */
    public List<String> inDatabase() {
        return List.of("create extension if not exists btree_gist");
    }

    /** The whole script for psql, with the settings that the node then needs. */
    public String text() {
        return """
                -- Prepares a PostgreSQL 18 for Afterbell. Run it once as the server's administrator:
                --     psql -v ON_ERROR_STOP=1 -h HOST -U postgres -d postgres -f roles.sql
                -- Then give the node these settings (file of --settings, or environment):
                --     afterbell.database.url=jdbc:postgresql://HOST:5432/%s
                --     afterbell.database.password=%s
                --     afterbell.database.migration-password=%s
                -- The passwords were made just now and stand nowhere else: keep this file private.
                %s;
                \\connect %s
                %s;
                """.formatted(database, appPassword, ownerPassword, String.join(";\n", onServer()), database, String.join(";\n", inDatabase()));
    }

    private static String word() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "RolesScript[" + database + "]";
    }
}
