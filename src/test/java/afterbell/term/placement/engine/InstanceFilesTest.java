package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Req("R58")
class InstanceFilesTest {
    private static final String COURSES = "course,activity,slots,capacity,min_size,grade_lo,grade_hi,ends\n"
            + "c1,chess,0;2,20,8,1,6,0\nc2,robots,1,16,0,3,6,1\n";
    private static final String PUPILS = "pupil,grade,class,sibling_group,lottery,demand\n"
            + "p1,3,3,f1,0,2\np2,4,1,,1,1\n";
    private static final String PREFS = "pupil,slot,ranked\np1,0,c1\np1,2,c1\np2,*,c2;-;c1\n";

    @TempDir
    private Path folder;

    @Test
    void reads_what_it_writes_in_any_order_of_rows() throws IOException {
        write(COURSES, PUPILS, PREFS);
        Instance first = read();
        write(COURSES, "pupil,grade,class,sibling_group,lottery,demand\r\np2,4,1,,1,1\r\np1,3,3,f1,0,2\r\n", PREFS);
        Instance second = read();
        assertThat(second).isEqualTo(first);
        assertThat(Digests.ofInput(second)).isEqualTo(Digests.ofInput(first));
        InstanceFiles.write(first, folder);
        assertThat(Files.readString(folder.resolve("prefs.csv"))).isEqualTo("pupil,slot,ranked\np1,0,c1\np1,2,c1\np2,*,c2;-;c1\n");
        assertThat(read()).isEqualTo(first);
    }

    @Test
    void every_feature_survives_writing_and_reading() {
        for (int seed = 0; seed < 300; seed++) {
            Instance instance = TinySchools.of(seed);
            Path there = folder.resolve("case" + seed);
            InstanceFiles.write(instance, there);
            assertThat(InstanceFiles.read(there)).as("seed %d", seed).isEqualTo(new InstanceFiles.Read(instance));
        }
    }

    @Test
    void any_change_of_the_input_changes_its_hash() {
        Stream<String> hashes = Stream.iterate(0, seed -> seed + 1)
                .limit(500)
                .map(seed -> Digests.ofInput(TinySchools.of(seed)));
        assertThat(hashes.distinct().count()).isEqualTo(500);
    }

    /** File, text to replace, replacement; then what the first complaint says: line, column. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            courses.csv | c2,robots,1,16 | c1,robots,1,16    | 3 | course
            courses.csv | 0;2,20         | 0;0,20            | 2 | slots
            courses.csv | 0;2,20         | Mo,20             | 2 | slots
            courses.csv | 0;2,20         | ,20               | 2 | slots
            courses.csv | 20,8           | 7,8               | 2 | min_size
            courses.csv | 20,8           | -20,8             | 2 | capacity
            courses.csv | 20,8           | 20.5,8            | 2 | capacity
            courses.csv | 3,6,1          | 6,3,1             | 3 | grade_lo
            courses.csv | 3,6,1          | 3,6,2             | 3 | ends
            courses.csv | 3,6,1          | 3,6               | 3 | ''
            courses.csv | ends           | end               | 1 | ends
            courses.csv | chess          | "chess            | 2 | ''
            pupils.csv  | p2,4,1         | p1,4,1            | 3 | pupil
            pupils.csv  | p2,4,1         | p 2,4,1           | 3 | pupil
            pupils.csv  | p2,4,1         | p2,4,4            | 3 | class
            pupils.csv  | p2,4,1         | p2,,1             | 3 | grade
            pupils.csv  | ,,1,1          | ,,0,1             | 3 | lottery
            pupils.csv  | demand         | demand,prevv      | 1 | prevv
            prefs.csv   | p1,0,c1        | p9,0,c1           | 2 | pupil
            prefs.csv   | p1,0,c1        | p1,0,c9           | 2 | ranked
            prefs.csv   | p1,0,c1        | p1,0,c2           | 2 | ranked
            prefs.csv   | p1,0,c1        | p1,0,c1;c1        | 2 | ranked
            prefs.csv   | p1,0,c1        | p1,0,c1;;c2       | 2 | ranked
            prefs.csv   | p1,0,c1        | p1,0,c1=-         | 2 | ranked
            prefs.csv   | p1,2,c1        | p1,0,c1           | 3 | slot
            prefs.csv   | p1,2,c1        | p1,*,c1           | 3 | slot
            prefs.csv   | p1,2,c1        | p1,x,c1           | 3 | slot
            """)
    void refuses_with_file_line_and_column(String file, String from, String to, int line, String column)
            throws IOException {
        write(COURSES, PUPILS, PREFS);
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(from);
        Files.writeString(path, text.replace(from, to));
        Complaint complaint = refused().getFirst();
        assertThat(complaint.file()).isEqualTo(file);
        assertThat(complaint.line()).as(complaint.sentence()).isEqualTo(line);
        assertThat(complaint.column()).as(complaint.sentence()).isEqualTo(column);
        assertThat(complaint.remedy()).isNotBlank();
    }

    @Test
    void names_every_bad_cell_at_once() throws IOException {
        write(COURSES.replace("20,8", "x,y"), PUPILS.replace("p2,4", "p2,four"), PREFS);
        assertThat(refused()).extracting(Complaint::column).containsExactly("capacity", "min_size", "grade");
    }

    @Test
    void refuses_a_missing_file_an_empty_one_and_what_is_not_utf_8() throws IOException {
        write(COURSES, PUPILS, PREFS);
        Files.delete(folder.resolve("prefs.csv"));
        assertThat(refused().getFirst().problem()).isEqualTo("cannot be read");
        Files.writeString(folder.resolve("prefs.csv"), "");
        assertThat(refused().getFirst().problem()).isEqualTo("the file is empty");
        Files.write(folder.resolve("prefs.csv"), new byte[] {'p', (byte) 0xc3, (byte) 0x28});
        assertThat(refused().getFirst().problem()).isEqualTo("is not UTF-8 text");
    }

    @Test
    void refuses_fixed_seats_that_contradict_each_other() throws IOException {
        write(COURSES, PUPILS, PREFS);
        Files.writeString(folder.resolve("fixed.csv"), "course,pupil\nc1,p1\nc1,p1\n");
        assertThat(refused().getFirst().sentence()).startsWith("fixed.csv line 3, column pupil");
    }

    @Test
    void a_program_cannot_build_a_contradictory_instance() {
        Instance good = TinySchools.of(1);
        List<Wish> wishes = List.of(new Wish("nobody", "0", List.of(), Wish.UNFILLED));
        assertThatThrownBy(() -> Instance.of(good.sections(), good.pupils(), wishes, List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody");
    }

    private void write(String courses, String pupils, String prefs) throws IOException {
        Files.write(folder.resolve("courses.csv"), courses.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("pupils.csv"), pupils.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("prefs.csv"), prefs.getBytes(StandardCharsets.UTF_8));
    }

    private Instance read() {
        InstanceFiles.Reading reading = InstanceFiles.read(folder);
        assertThat(reading).isInstanceOf(InstanceFiles.Read.class);
        return ((InstanceFiles.Read) reading).instance();
    }

    private List<Complaint> refused() {
        InstanceFiles.Reading reading = InstanceFiles.read(folder);
        assertThat(reading).isInstanceOf(InstanceFiles.Refused.class);
        return ((InstanceFiles.Refused) reading).complaints();
    }
}
