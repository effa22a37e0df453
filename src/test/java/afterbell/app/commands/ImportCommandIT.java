package afterbell.app.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.app.Given;
import afterbell.Req;
import afterbell.base.roster.Roster;
import afterbell.base.roster.importing.FileImport;
import afterbell.base.schools.Schools;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HouseTest
@Req("R57")
class ImportCommandIT {
    private static final Path PUPILS = Path.of("demo/pupils-corrected.xlsx");
    private static final Path FAULTY = Path.of("demo/pupils.xlsx");

    @Autowired
    GivenSchool given;

    @Autowired
    Schools schools;

    @Autowired
    FileImport imports;

    @Autowired
    MessageSource messages;

    @Autowired
    Roster roster;

    @Autowired
    JdbcClient sql;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private UUID school;
    private String code;

    @BeforeEach
    void aSchool() {
        school = given.school();
        code = given.in(school, () -> schools.get(school).code());
    }

    private int run(String kind, Path file, String of, boolean apply, boolean json) {
        out.getBuffer().setLength(0);
        return new ImportCommand.Work(schools, imports, messages, new PrintWriter(out, true), new PrintWriter(err, true)).run(kind, file, of, apply, json);
    }

    private JsonNode answer() {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int pupils() {
        return given.in(school, () -> roster.pupils(school)).size();
    }

    private long rows(String table) {
        return given.in(school, () -> sql.sql("select count(*) from " + table + " where school_id = :s").param("s", school).query(Long.class).single());
    }

    @Test
    void a_preview_saves_nothing_and_applying_twice_doubles_nothing() {
        long audited = rows("audit.entry");
        assertThat(run("pupils", PUPILS, code, false, true)).isZero();
        assertThat(answer().get("new").asInt()).isEqualTo(1200);
        assertThat(answer().get("applied").asBoolean()).isFalse();
        assertThat(pupils()).isZero();
        assertThat(rows("roster.draft")).isZero();
        assertThat(rows("audit.entry")).isEqualTo(audited);

        assertThat(run("pupils", PUPILS, code, true, true)).isZero();
        assertThat(answer().get("applied").asBoolean()).isTrue();
        assertThat(answer().get("bad")).isEmpty();
        assertThat(pupils()).isEqualTo(1200);
        assertThat(rows("audit.entry")).isEqualTo(audited + 2);

        assertThat(run("pupils", PUPILS, code, true, true)).isZero();
        assertThat(out.toString().strip()).isEqualTo("{\"new\":0,\"changed\":0,\"gone\":0,\"bad\":[],\"applied\":true,\"unchanged\":1200,\"asked\":0}");
        assertThat(pupils()).isEqualTo(1200);
    }

    @Test
    void staff_and_rooms_go_the_same_way() {
        // Who leads a class is kept once the class is there.
        assertThat(run("pupils", PUPILS, code, true, true)).isZero();
        for (String kind : new String[] {"staff", "rooms"}) {
            Path file = Path.of("demo", kind + ".xlsx");
            assertThat(run(kind, file, code, true, true)).as(kind).isZero();
            int added = answer().get("new").asInt();
            assertThat(added).as(kind).isPositive();
            assertThat(run(kind, file, code, true, true)).as(kind).isZero();
            assertThat(answer().get("new").asInt()).as(kind).isZero();
            assertThat(answer().get("changed").asInt()).as(kind).isZero();
            assertThat(answer().get("unchanged").asInt()).as(kind).isEqualTo(added);
        }
    }

    @Test
    void bad_cells_are_told_with_their_place_and_keep_the_whole_file_out() {
        assertThat(run("pupils", FAULTY, code, false, true)).isZero();
        JsonNode first = answer().get("bad").get(0);
        assertThat(first.propertyNames()).containsExactly("sheet", "row", "column", "value", "reason");
        assertThat(first.get("row").asInt()).isPositive();
        assertThat(answer().get("bad")).allSatisfy(cell -> assertThat(cell.get("reason").asString()).isNotBlank());

        assertThat(run("pupils", FAULTY, code, true, true)).isOne();
        assertThat(answer().get("applied").asBoolean()).isFalse();
        assertThat(pupils()).isZero();
        assertThat(run("pupils", FAULTY, code, true, false)).isOne();
        assertThat(out.toString()).contains("cells can't be taken:", "Nothing was saved: correct the cells");
    }

    @Test
    void what_is_no_sheet_no_school_or_no_kind_is_refused() throws IOException {
        Path text = Files.write(folder.resolve("a.xlsx"), new byte[] {'%', 'P', 'D', 'F', '-', '1'});
        assertThat(run("pupils", text, code, true, false)).isOne();
        assertThat(out.toString()).startsWith("This is not a spreadsheet. Upload an .xlsx or .csv file.");
        assertThat(run("pupils", text, code, true, true)).isOne();
        assertThat(answer().get("refused").get(0).asString()).startsWith("This is not a spreadsheet");
        assertThat(run("pupils", PUPILS, "nowhere", true, false)).isOne();
        assertThat(out.toString()).contains("There is no school nowhere");
        assertThatThrownBy(() -> run("pupils", folder.resolve("none.xlsx"), code, false, false)).isInstanceOf(Given.Missing.class).hasMessageContaining("none.xlsx");
        assertThat(run("planets", PUPILS, code, false, false)).isEqualTo(2);
        assertThat(err.toString()).contains("no kind planets; there are ");
    }
}
