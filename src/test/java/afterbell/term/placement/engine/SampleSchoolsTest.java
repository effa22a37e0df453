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
    void three_hundred_pupils_reach_the_published_optimum_of_both_orders_in_the_same_bytes_again() throws IOException {
        assertThat(solved("school-300-tight", Order.FAIR, "once")).isEqualTo(fair(0, 6, 60, 1810));
        assertThat(solved("school-300-tight", Order.COST, "cost").cost()).isEqualTo(1822);
        sameAgain("school-300-tight");

        // A place that was never listed: the little checker must see what it is there to see.
        Path result = out.resolve("once/result.csv");
        String text = Files.readString(result);
        int end = text.indexOf('\n', text.indexOf('\n') + 1);
        Files.writeString(result, text.substring(0, end - 1) + "9" + text.substring(end));
        assertThat(PlainCheck.of(SCHOOLS.resolve("school-300-tight"), out.resolve("once")).unlawful()).isNotEmpty();
    }

    @Test
    void a_thousand_pupils_where_seats_are_scarce_reach_the_published_optimum() throws IOException {
        assertThat(solved("school-1000-scarce", Order.FAIR, "once")).isEqualTo(fair(5, 617, 2992, 19013));
    }

    @Tag("full")
    @Test
    void a_thousand_pupils_reach_every_published_optimum_in_the_same_bytes_again() throws IOException {
        assertThat(solved("school-1000-scarce", Order.FAIR, "once")).isEqualTo(fair(5, 617, 2992, 19013));
        sameAgain("school-1000-scarce");
        assertThat(solved("school-1000-scarce", Order.PRIORITY, "first")).as("what the form of a round says that priority first can cost").isEqualTo(fair(161, 22, 110, 31776));
        assertThat(solved("school-1000-tight", Order.FAIR, "once")).isEqualTo(fair(0, 21, 67, 9542));
        sameAgain("school-1000-tight");
        assertThat(solved("school-1000-tight", Order.COST, "cost").cost()).isEqualTo(9130);
        assertThat(solved("school-1000-scarce", Order.COST, "cost").cost()).isEqualTo(22322);
    }

    private static PlainCheck fair(int nothing, int class1, int class2, int class3) {
        return new PlainCheck(List.of(), nothing, class1, class2, class3);
    }

    private void sameAgain(String school) throws IOException {
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
