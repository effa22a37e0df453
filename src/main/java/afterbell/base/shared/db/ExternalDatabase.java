package afterbell.base.shared.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an external PostgreSQL must be before a node uses it: new enough, its roles prepared, and the application no superuser and no owner, because then
 * row-level security would not hold (law 4). Asked before anything is migrated.
 */
final class ExternalDatabase {
    static final int LEAST_VERSION = 18;
    private static final String PREPARE = "./afterbell database roles prints the script that prepares it";

    /** What the database says about itself and the two users. */
    record Found(int version, boolean appSuper, boolean appOwner, boolean appIsApp, boolean migratorMayOwn, boolean migratorSuper, boolean roles, boolean extension) {}

    private ExternalDatabase() {}

    /** @throws DatabaseRefused with every reason */
    static void check(DatabaseAddress address, boolean strict) throws SQLException {
        List<String> reasons = reasons(ask(address), strict);
        if (!reasons.isEmpty()) throw new DatabaseRefused(reasons);
    }

    /** @param strict whether a superuser may not migrate either: so for every node, not so for tests */
    static List<String> reasons(Found found, boolean strict) {
        List<String> reasons = new ArrayList<>();
        if (found.version() < LEAST_VERSION) return List.of("the database is PostgreSQL " + found.version() + "; PostgreSQL " + LEAST_VERSION + " or newer is needed");
        if (!found.roles()) return List.of("the database has no role afterbell_owner, afterbell_app, afterbell_seats or afterbell_doors; " + PREPARE);
        if (found.appSuper()) reasons.add("the application's user is a superuser or bypasses row-level security; it must be afterbell_app, which is neither");
        if (found.appOwner()) reasons.add("the application's user is a member of afterbell_owner; it must own no table");
        if (!found.appIsApp()) reasons.add("the application's user is not afterbell_app nor a member of it");
        if (strict && found.migratorSuper()) reasons.add("the user for migrations is a superuser; it must be afterbell_owner or a plain member of it");
        if (!found.migratorMayOwn()) reasons.add("the user for migrations is not afterbell_owner nor a member of it; " + PREPARE);
        if (!found.extension()) reasons.add("the extension btree_gist is missing in the database; " + PREPARE);
        return reasons;
    }

    private static Found ask(DatabaseAddress address) throws SQLException {
        try (Connection app = DriverManager.getConnection(address.url(), address.user(), address.password())) {
            int version = app.getMetaData().getDatabaseMajorVersion();
            boolean roles = yes(app, "select count(*) = 4 from pg_roles where rolname in ('afterbell_owner', 'afterbell_app', 'afterbell_seats', 'afterbell_doors')");
            if (version < LEAST_VERSION || !roles) return new Found(version, false, false, false, false, false, roles, false);
            try (Connection migrator = DriverManager.getConnection(address.url(), address.migrationUser(), address.migrationPassword())) {
                return new Found(
                        version,
                        yes(app, "select rolsuper or rolbypassrls from pg_roles where rolname = session_user"),
                        yes(app, "select pg_has_role(session_user, 'afterbell_owner', 'member')"),
                        yes(app, "select pg_has_role(session_user, 'afterbell_app', 'usage')"),
                        yes(migrator, "select pg_has_role(session_user, 'afterbell_owner', 'member')"),
                        yes(migrator, "select rolsuper from pg_roles where rolname = session_user"),
                        true,
                        yes(app, "select exists (select 1 from pg_extension where extname = 'btree_gist')"));
            }
        }
    }

    private static boolean yes(Connection c, String question) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(question);
                ResultSet r = s.executeQuery()) {
            return r.next() && r.getBoolean(1);
        }
    }
}
