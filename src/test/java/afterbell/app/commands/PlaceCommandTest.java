package afterbell.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.placement.engine.Generator;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.InstanceFiles;
import afterbell.term.placement.engine.Lottery;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Req("P2")
class PlaceCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void school() {
        InstanceFiles.write(Generator.tight(8, 80).instance(), folder.resolve("in"));
    }

    @Test
    void places_and_verifies() throws IOException {
        assertThat(run("--in", in(), "--out", result(), "--json")).isZero();
        assertThat(out.toString()).startsWith("{\"certificate\":{").contains("\"proved\":true", "\"families_by_reason\":");
        assertThat(err.toString()).contains("progress {\"stage\":\"C\",\"level\":2,\"note\":\"class1\"}");
        assertThat(run("verify", "--in", in(), "--result", result())).isZero();
        Path rows = folder.resolve("result/result.csv");
        Files.writeString(rows, Files.readString(rows).replaceFirst(",1\n", ",2\n"));
        out.getBuffer().setLength(0);
        assertThat(run("verify", "--in", in(), "--result", result(), "--json")).isOne();
        assertThat(out.toString()).startsWith("{\"true\":false,\"lies\":[{\"file\":\"result.csv\"");
    }

    @Test
    void opens_the_lottery_that_was_committed_to_and_no_other() throws IOException {
        String seed = "0a".repeat(32);
        Instance school = Generator.tight(8, 80).instance();
        Lottery.Commitment said = Lottery.commit(school, seed, "a value to come");
        InstanceFiles.write(Lottery.draw(school, seed, "358"), folder.resolve("in"));
        assertThat(run("--in", in(), "--out", result(), "--preview")).isZero();
        Path revealed = folder.resolve("lottery.json");
        String text = "{\"input_sha256\":\"%s\",\"seed_sha256\":\"%s\",\"public_source\":\"a value to come\",\"seed\":\"%s\",\"public_value\":\"%s\"}";
        Files.writeString(revealed, text.formatted(said.inputSha256(), said.seedSha256(), seed, "358"));
        assertThat(run("verify", "--in", in(), "--result", result(), "--lottery", revealed.toString())).isZero();
        Files.writeString(revealed, text.formatted(said.inputSha256(), said.seedSha256(), seed, "359"));
        assertThat(run("verify", "--in", in(), "--result", result(), "--lottery", revealed.toString())).as("another public value").isOne();
        Files.writeString(revealed, text.formatted(said.inputSha256(), said.seedSha256(), "0b".repeat(32), "358"));
        assertThat(run("verify", "--in", in(), "--result", result(), "--lottery", revealed.toString())).as("another seed").isOne();
        Files.writeString(revealed, "{}");
        assertThat(run("verify", "--in", in(), "--result", result(), "--lottery", revealed.toString())).isOne();
    }

    @Test
    void two_runs_write_the_same_bytes() throws IOException {
        assertThat(run("--in", in(), "--out", result())).isZero();
        assertThat(run("--in", in(), "--out", folder.resolve("again").toString())).isZero();
        for (String file : new String[] {"result.csv", "closed.csv", "explanations.csv", "certificate.json"}) {
            assertThat(folder.resolve("again").resolve(file)).hasSameBinaryContentAs(folder.resolve("result").resolve(file));
        }
    }

    @Test
    void a_family_checks_its_own_rows_against_the_published_root() throws IOException {
        assertThat(run("--in", in(), "--out", result(), "--order", "da")).isZero();
        out.getBuffer().setLength(0);
        assertThat(run("prove", "--in", in(), "--result", result(), "--pupil", "p7")).isZero();
        Path mine = folder.resolve("mine.json");
        Files.writeString(mine, out.toString());
        assertThat(run("verify", "--mine", mine.toString(), "--result", result())).isZero();
        assertThat(run("verify", "--mine", mine.toString(), "--root", "00".repeat(32))).isOne();
        Files.writeString(mine, "{}");
        assertThat(run("verify", "--mine", mine.toString(), "--result", result())).isOne();
        assertThat(run("prove", "--in", in(), "--result", result(), "--pupil", "nobody")).isOne();
    }

    @Test
    void bad_input_is_refused_with_reasons_and_nothing_is_written() throws IOException {
        Files.writeString(folder.resolve("in/courses.csv"), "course\nc1\n");
        assertThat(run("--in", in(), "--out", result())).isOne();
        assertThat(out.toString()).contains("courses.csv line 1, column activity: this column is missing");
        assertThat(folder.resolve("result")).doesNotExist();
    }

    @Test
    void wrong_usage_is_two() {
        assertThat(run("--in", in())).isEqualTo(2);
        assertThat(run("--in", in(), "--out", result(), "--order", "best")).isEqualTo(2);
        assertThat(run("--in", in(), "--out", result(), "--nodes", "0")).isEqualTo(2);
        assertThat(run("verify", "--in", in())).isEqualTo(2);
        assertThat(run("verify", "--mine", "some.json")).isEqualTo(2);
    }

    @Test
    void an_unwritable_place_is_three() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThat(run("--in", in(), "--out", folder.resolve("file").toString(), "--preview")).isEqualTo(3);
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new PlaceCommand());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private String in() {
        return folder.resolve("in").toString();
    }

    private String result() {
        return folder.resolve("result").toString();
    }
}
