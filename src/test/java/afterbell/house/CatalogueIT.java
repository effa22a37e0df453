package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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

    /** The connection of a transaction in which a fault was planted, else nothing. */
    @Nullable Connection planted;

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

    /**
     * A column that is named after somebody else's id holds that id under a foreign key with the school before it. An account stands above schools; the last
     * column of a key of a table with that name is the row's own id; every other one without a foreign key stands with its reason in the list.
     */
    @Test
    void every_id_of_another_row_is_held_by_a_foreign_key_of_the_same_school() throws SQLException {
        String loose = "select n.nspname || '.' || c.relname || '.' || a.attname " + TABLES.replace("where", "join pg_attribute a on a.attrelid = c.oid where") + """
                 and a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype and a.attname like '%\\_id' and a.attname not in ('school_id', 'account_id')
                 and not exists (
                     select 1 from pg_constraint k join pg_attribute s on s.attrelid = c.oid and s.attnum = k.conkey[1]
                     where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)
                       and (s.attname = 'school_id' or not exists (select 1 from pg_attribute o where o.attrelid = k.confrelid and o.attname = 'school_id' and not o.attisdropped)))
                 and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'p' and a.attnum = k.conkey[cardinality(k.conkey)] and a.attname = c.relname || '_id')
                """;
        assertThat(found("reference", loose)).isEmpty();
        List<String> gone = new ArrayList<>(Sources.list("catalogue-exceptions.csv").stream().filter(l -> l.startsWith("reference,")).map(l -> l.substring("reference,".length())).toList());
        gone.removeAll(rows(loose));
        assertThat(gone).as("listed, but held or gone").isEmpty();
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
        if (planted != null) return rows(planted, query);
        try (Connection c = DriverManager.getConnection(url, admin, password)) {
            return rows(c, query);
        }
    }

    private static List<String> rows(Connection c, String query) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) rows.add(r.getString(1));
            return rows;
        }
    }

    /** Each plant stands in a transaction that is rolled back; the check of its own, and no other, must name it. */
    @ParameterizedTest
    @MethodSource
    void a_planted_fault_of_each_kind_is_seen(String plant, Check check, String named) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, admin, password)) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                s.execute(plant);
            }
            planted = c;
            assertThatThrownBy(() -> check.run(this)).isInstanceOf(AssertionError.class).hasMessageContaining(named);
        } finally {
            planted = null;
        }
    }

    interface Check {
        void run(CatalogueIT all) throws SQLException;
    }

    static Stream<Arguments> a_planted_fault_of_each_kind_is_seen() {
        String whole = "create table schools.planted (school_id uuid not null, id uuid, at timestamptz, primary key (school_id, id)); comment on table schools.planted is 'x'; alter table schools.planted owner to afterbell_owner; call shared.guard_school('schools.planted');";
        Check described = CatalogueIT::every_table_is_described_and_owned_by_the_owner_alone;
        Check guarded = CatalogueIT::every_table_has_forced_policies_through_the_scope_functions;
        Check keyed = CatalogueIT::every_key_begins_with_the_school;
        Check held = CatalogueIT::every_id_of_another_row_is_held_by_a_foreign_key_of_the_same_school;
        Check indexed = CatalogueIT::every_foreign_key_has_an_index;
        Check timeless = CatalogueIT::no_column_tells_time_by_itself_or_without_a_zone;
        Check checked = CatalogueIT::words_that_name_a_state_are_checked;
        Check closed = CatalogueIT::functions_that_run_as_another_role_are_a_closed_list;
        Check scoped = CatalogueIT::views_for_other_rooms_keep_the_scope_of_who_reads_them;
        return Stream.of(
                Arguments.of(whole + "comment on table schools.planted is null", described, "schools.planted"),
                Arguments.of(whole + "alter table schools.planted owner to current_user", described, "schools.planted"),
                Arguments.of("alter role afterbell_app bypassrls", described, "afterbell_app"),
                Arguments.of(whole + "alter table schools.planted no force row level security", guarded, "schools.planted"),
                Arguments.of(whole + "drop policy seen on schools.planted; drop policy added on schools.planted; drop policy changed on schools.planted; drop policy removed on schools.planted", guarded, "schools.planted"),
                Arguments.of(whole + "create policy open_door on schools.planted to afterbell_app using (true)", guarded, "open_door"),
                Arguments.of(whole + "alter table schools.planted drop constraint planted_pkey; alter table schools.planted add primary key (id, school_id)", keyed, "schools.planted"),
                Arguments.of(whole + "create table schools.planted_too (school_id uuid, id uuid, other uuid, primary key (school_id, id), constraint loose foreign key (other, school_id) references schools.planted (school_id, id))", keyed, "loose"),
                Arguments.of(whole + "alter table schools.planted add pupil_id uuid", held, "schools.planted.pupil_id"),
                Arguments.of("alter table placement.waiting drop constraint waiting_school_id_pupil_id_fkey", held, "placement.waiting.pupil_id"),
                Arguments.of(whole + "create table schools.planted_too (school_id uuid, id uuid, other uuid, constraint slow foreign key (school_id, other) references schools.planted (school_id, id))", indexed, "slow"),
                Arguments.of(whole + "alter table schools.planted add made timestamp", timeless, "schools.planted.made"),
                Arguments.of(whole + "alter table schools.planted alter at set default now()", timeless, "schools.planted"),
                Arguments.of(whole + "alter table schools.planted add state text", checked, "schools.planted.state"),
                Arguments.of("create function schools.planted() returns int language sql security definer return 1", closed, "schools.planted"),
                Arguments.of(whole + "create view schools.pub_planted as select * from schools.planted", scoped, "schools.pub_planted"),
                Arguments.of(whole + "create materialized view schools.pub_planted as select * from schools.planted", scoped, "schools.pub_planted"));
    }
}
