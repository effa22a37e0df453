package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;
import planted.AskingTheClock;
import planted.rooms.Rooms;

/** A test that cannot fail promises nothing: each house test is shown a fault of its kind and must name it. Those that need a database have theirs beside them. */
class PlantedBugsTest {
    private static Sources.Source java(String text) {
        return new Sources.Source(Path.of("src/main/java/afterbell/term/placement/Planted.java"), text);
    }

    @Test
    void a_clock_of_ones_own_is_seen() {
        List<String> lies = ClockTest.javaLies(new ClassFileImporter().importClasses(AskingTheClock.class));
        assertThat(lies).hasSize(5).anyMatch(l -> l.contains("LocalDate.now()")).anyMatch(l -> l.contains("Instant.now()")).anyMatch(l -> l.contains("currentTimeMillis")).anyMatch(l -> l.contains("systemUTC")).anyMatch(l -> l.contains("Date.<init>"));
    }

    @Test
    void a_clock_in_sql_is_seen_and_one_in_a_comment_is_not() {
        List<Sources.Source> java = List.of(java("String q = \"select * from a where b < now()\";"), java("// select now()\nString q = \"select a\";"), java("String q = \"\"\"\n update a set b = current_date\n\"\"\";"));
        List<Sources.Source> migrations = List.of(new Sources.Source(Path.of("V1__x.sql"), "create table a (b timestamptz default clock_timestamp());\n-- now()\n"));
        assertThat(ClockTest.sqlLies(java, migrations)).hasSize(3);
    }

    @Test
    void another_rooms_table_is_seen_and_its_view_is_not() {
        List<Sources.Source> java = List.of(java("sql.sql(\"select * from roster.pupil\")"), java("sql.sql(\"select * from roster.pub_pupil join placement.seat using (x)\")"), java("sql.sql(\"insert into enrolment.wish values (1)\")"));
        assertThat(SqlBoundaryTest.lies(java, Set.of("roster", "placement", "enrolment"), Set.of())).satisfiesExactly(l -> assertThat(l).contains("roster.pupil"), l -> assertThat(l).contains("enrolment.wish"));
    }

    @Test
    void what_no_template_may_hold_is_seen() {
        Path file = Path.of("planted.jte");
        assertThat(TemplatesTest.faults(file, "<p style=\"color:red\">")).singleElement().asString().contains("style");
        assertThat(TemplatesTest.faults(file, "<script>alert(1)</script>")).singleElement().asString().contains("script");
        assertThat(TemplatesTest.faults(file, "<a onclick=\"x()\">")).singleElement().asString().contains("script");
        assertThat(TemplatesTest.faults(file, "<img src=\"https://elsewhere.test/a.png\">")).singleElement().asString().contains("another host");
        assertThat(TemplatesTest.faults(file, "<p>放学</p>")).singleElement().asString().contains("Chinese");
        assertThat(TemplatesTest.faults(file, "$unsafe{page.name()}")).singleElement().asString().contains("unescaped");
        assertThat(TemplatesTest.faults(file, "<script src=\"/assets/a.js\"></script><p>${page.name()}</p>")).isEmpty();
    }

    @Test
    void words_that_are_missing_broken_idle_or_in_the_wrong_place_are_seen() {
        assertThat(MessageTest.lacking(Map.of("a.b", "x", "a.c", "y"), Map.of("a.b", "x"))).containsExactly("a.c");
        assertThat(MessageTest.unequal(Map.of("a.b", "{0} {1}"), Map.of("a.b", "{0}"))).hasSize(1);
        assertThat(MessageTest.unfillable(Map.of("a.b", "don't {0}"))).hasSize(1);
        assertThat(MessageTest.unfillable(Map.of("a.b", "{0"))).hasSize(1);
        assertThat(MessageTest.wordless(List.of(java("screen.t(\"a.b.c\")")), Map.of())).hasSize(1);
        assertThat(MessageTest.idle(List.of(java("screen.t(\"a.b.c\")")), Set.of("a.b.c", "a.b.d"), Set.of())).containsExactly("a.b.d");
        assertThat(MessageTest.han(List.of(java("String s = \"放学\";")))).hasSize(1);
    }

    @Test
    void an_icon_that_nobody_drew_is_seen() {
        assertThat(IconsTest.unknown("@template.components.icon(screen = screen, name = \"unicorn\")", IconsTest.IN_TEMPLATE, Set.of("home"))).containsExactly("unicorn");
    }

    @Test
    void two_migrations_with_one_version_are_seen() {
        assertThat(MigrationNamesTest.twice(List.of("V20261122000000__a_b.sql", "V20261122000000__c_d.sql", "V20261122000001__c_e.sql"))).containsOnlyKeys("V20261122000000");
    }

    @Test
    void a_room_that_uses_another_without_listing_it_is_seen() {
        ApplicationModules rooms = ApplicationModules.of(Rooms.class, (ImportOption) location -> true);
        assertThatThrownBy(rooms::verify).isInstanceOf(Violations.class).hasMessageContaining("first").hasMessageContaining("second");
    }
}
