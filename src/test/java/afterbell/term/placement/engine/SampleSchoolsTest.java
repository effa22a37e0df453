package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.check.Checker;
import afterbell.term.placement.engine.check.PublishedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three generated schools whose optima are published beside them: each is reached, proved, found true from its files, and comes out in the same bytes again. */
@Req({"P1", "P2"})
class SampleSchoolsTest {
    private static final Path SCHOOLS = Path.of("src/test/resources/placement");

    @TempDir
    private Path out;

    @Test
    void three_hundred_pupils_reach_the_published_optimum_of_both_orders() throws IOException {
        fair("school-300-tight", 0, 6, 60, 1810);
        assertThat(solved("school-300-tight", Order.COST, "cost").cost()).isEqualTo(1822);
    }

    @Test
    void a_thousand_pupils_where_seats_are_scarce_reach_the_published_optimum() throws IOException {
        fair("school-1000-scarce", 5, 617, 2992, 19013);
    }

    @Tag("full")
    @Test
    void a_thousand_pupils_with_nearly_enough_seats_reach_the_published_optimum() throws IOException {
        fair("school-1000-tight", 0, 21, 67, 9542);
    }

    @Tag("full")
    @Test
    void the_least_cost_of_a_thousand_pupils_is_the_published_one() throws IOException {
        assertThat(solved("school-1000-tight", Order.COST, "tight").cost()).isEqualTo(9130);
        assertThat(solved("school-1000-scarce", Order.COST, "scarce").cost()).isEqualTo(22322);
    }

    /** One place more in a row than there is: the little checker must see what it is there to see. */
    @Test
    void a_place_that_was_never_listed_is_seen() throws IOException {
        solved("school-300-tight", Order.FAIR, "lie");
        Path result = out.resolve("lie/result.csv");
        String text = Files.readString(result);
        int first = text.indexOf('\n') + 1;
        int end = text.indexOf('\n', first);
        Files.writeString(result, text.substring(0, end - 1) + "9" + text.substring(end));
        assertThat(PlainCheck.of(SCHOOLS.resolve("school-300-tight"), out.resolve("lie")).unlawful()).isNotEmpty();
    }

    private void fair(String school, int nothing, int class1, int class2, int class3) throws IOException {
        assertThat(solved(school, Order.FAIR, "once")).isEqualTo(new PlainCheck(List.of(), nothing, class1, class2, class3));
        solved(school, Order.FAIR, "again");
        try (Stream<Path> files = Files.list(out.resolve("once"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(4);
            for (Path file : all) assertThat(out.resolve("again").resolve(file.getFileName())).as("the same input, the same bytes").hasSameBinaryContentAs(file);
        }
    }

    private PlainCheck solved(String school, Order order, String into) throws IOException {
        Path folder = SCHOOLS.resolve(school);
        Instance instance = ((InstanceFiles.Read) InstanceFiles.read(folder)).instance();
        Outcome outcome = Placement.solve(instance, order, Options.STANDARD, ProgressListener.SILENT);
        assertThat(outcome.certificate().proved()).as("%s, order %s, proved", school, order).isTrue();
        ResultFiles.write(out.resolve(into), outcome, Checker.check(instance, outcome).explanations());
        assertThat(PublishedFiles.verify(instance, out.resolve(into))).isEmpty();
        return PlainCheck.of(folder, out.resolve(into));
    }
}
