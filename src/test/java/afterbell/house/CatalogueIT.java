package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.testing.HouseTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/**
 * Walks the database's own catalogue, so that no table can be forgotten: scope in its keys, forced policies through the scope functions, comment, index
 * per foreign key, owner, no clock in a default. What differs on purpose stands with its reason in {@code house/catalogue-exceptions.csv}.
 */
@HouseTest
@Req("P10")
class CatalogueIT {
    private static final String TABLES = "from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema|flyway$|public$)'";

    @Value("${afterbell.database.url}")
    String url;

    @Value("${afterbell.database.migration-user}")
    String admin;

    @Value("${afterbell.database.migration-password}")
    String password;

    @Test
    void every_table_is_described_and_owned_by_the_owner_alone() throws SQLException {
        assertThat(found("comment", "select n.nspname || '.' || c.relname " + TABLES + " and obj_description(c.oid) is null")).isEmpty();
        assertThat(found("owner", "select n.nspname || '.' || c.relname " + TABLES + " and pg_get_userbyid(c.relowner) <> 'afterbell_owner'")).isEmpty();
        assertThat(found("role", "select rolname from pg_roles where rolname like 'afterbell\\_%' and (rolsuper or rolbypassrls)")).isEmpty();
    }

    @Test
    void every_table_has_forced_policies_through_the_scope_functions() throws SQLException {
        assertThat(found("policy", "select n.nspname || '.' || c.relname " + TABLES + " and not (c.relrowsecurity and c.relforcerowsecurity)")).isEmpty();
        assertThat(found("policy", "select n.nspname || '.' || c.relname " + TABLES + """
                 and not exists (select 1 from pg_policy p where p.polrelid = c.oid)
                """)).isEmpty();
        assertThat(found("scope", """
                select n.nspname || '.' || c.relname || ' policy ' || p.polname
                from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
                where (select array_agg(r.rolname::text) from pg_roles r where r.oid = any(p.polroles)) is distinct from array['afterbell_doors']
                  and (select array_agg(r.rolname::text) from pg_roles r where r.oid = any(p.polroles)) is distinct from array['afterbell_seats']
                  and coalesce(pg_get_expr(p.polqual, p.polrelid), '') || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'shared\\.(schools|hat|account|children|bureau)\\(\\)'
                """)).isEmpty();
    }

    @Test
    void every_key_begins_with_the_school() throws SQLException {
        assertThat(found("key", "select n.nspname || '.' || c.relname " + TABLES + """
                 and coalesce((select a.attname from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1] where k.conrelid = c.oid and k.contype = 'p'), '') <> 'school_id'
                """)).isEmpty();
        assertThat(found("foreign key", """
                select n.nspname || '.' || c.relname || ' ' || k.conname
                from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
                where k.contype = 'f' and k.conparentid = 0 and a.attname <> 'school_id'
                  and exists (select 1 from pg_attribute o where o.attrelid = k.confrelid and o.attname = 'school_id' and o.attnum = any((select p.conkey from pg_constraint p where p.conrelid = k.confrelid and p.contype = 'p')::int2[]))
                """)).isEmpty();
    }

    @Test
    void every_foreign_key_has_an_index() throws SQLException {
        assertThat(found("index", """
                select n.nspname || '.' || c.relname || ' ' || k.conname
                from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
                where k.contype = 'f' and k.conparentid = 0 and n.nspname !~ '^(pg_|flyway$)'
                  and not exists (
                      select 1 from pg_index i
                      where i.indrelid = c.oid and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(k.conkey)] @> k.conkey
                         or i.indrelid = c.oid and cardinality(k.conkey) > 1 and (string_to_array(i.indkey::text, ' ')::int2[])[1:2] <@ k.conkey and cardinality((string_to_array(i.indkey::text, ' ')::int2[])[1:2]) = 2)
                """)).isEmpty();
    }

    @Test
    void no_column_tells_time_by_itself_or_without_a_zone() throws SQLException {
        assertThat(found("zone", "select n.nspname || '.' || c.relname || '.' || a.attname " + TABLES.replace("where", "join pg_attribute a on a.attrelid = c.oid where") + " and a.attnum > 0 and not a.attisdropped and a.atttypid in ('timestamp'::regtype, 'timetz'::regtype)")).isEmpty();
        assertThat(found("clock", """
                select n.nspname || '.' || c.relname || ': ' || pg_get_expr(d.adbin, d.adrelid)
                from pg_attrdef d join pg_class c on c.oid = d.adrelid join pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^(pg_|flyway$)' and pg_get_expr(d.adbin, d.adrelid) ~* '(now\\(|current_|clock_timestamp|localtime)'
                """)).isEmpty();
    }

    @Test
    void words_that_name_a_state_are_checked() throws SQLException {
        assertThat(found("state", "select n.nspname || '.' || c.relname || '.' || a.attname " + TABLES.replace("where", "join pg_attribute a on a.attrelid = c.oid where") + """
                 and a.attname in ('state', 'status', 'kind') and a.atttypid = 'text'::regtype and not a.attisdropped
                 and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and a.attnum = any(k.conkey))
                """)).isEmpty();
    }

    @Test
    void functions_that_run_as_another_role_are_a_closed_list() throws SQLException {
        Set<String> listed = Set.copyOf(Sources.list("definer-functions.csv"));
        List<String> definers = rows("""
                select n.nspname || '.' || p.proname || ' ' || pg_get_userbyid(p.proowner) || case when p.proconfig is null then ' without search_path' else '' end
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname !~ '^(pg_|public$)' order by 1
                """);
        assertThat(definers.stream().filter(d -> !listed.contains(d)).toList()).isEmpty();
        assertThat(listed.stream().filter(l -> !definers.contains(l)).toList()).as("listed, but gone").isEmpty();
    }

    @Test
    void views_for_other_rooms_keep_the_scope_of_who_reads_them() throws SQLException {
        assertThat(found("view", """
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'v' and n.nspname !~ '^(pg_|information_schema|public$)' and not coalesce(c.reloptions @> array['security_invoker=true'], false)
                """)).isEmpty();
        assertThat(found("view", "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' and n.nspname !~ '^pg_'")).isEmpty();
    }

    /** Rows of a query that no exception of this kind covers. */
    private List<String> found(String kind, String query) throws SQLException {
        Set<String> exceptions = Sources.list("catalogue-exceptions.csv").stream().filter(l -> l.startsWith(kind + ",")).map(l -> l.substring(kind.length() + 1)).collect(Collectors.toSet());
        return rows(query).stream().filter(r -> !exceptions.contains(r)).sorted().toList();
    }

    private List<String> rows(String query) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, admin, password);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) rows.add(r.getString(1));
            return rows;
        }
    }
}
