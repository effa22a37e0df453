package afterbell.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.app.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the command says of files that are no bundle; whole and forged bundles are judged in {@code IncidentIT}. */
class EvidenceCommandTest {
    @TempDir
    Path folder;

    private int code;

    private String run(String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            code = Main.commandLine().execute(Stream.concat(Stream.of("evidence"), Stream.of(args)).toArray(String[]::new));
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_that_is_no_bundle_is_refused_with_one() throws IOException {
        Path file = Files.writeString(folder.resolve("x.zip"), "hello");
        assertThat(run("verify", file.toString())).contains("no evidence bundle");
        assertThat(code).isEqualTo(1);
        assertThat(JsonMapper.builder().build().readTree(run("verify", file.toString(), "--json")).get("true").asBoolean()).isFalse();
    }

    @Test
    void an_archive_of_something_else_is_refused_and_not_a_crash() throws IOException {
        Path file = folder.resolve("y.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("evidence.json"));
            zip.write("{\"format\":\"afterbell-evidence/1\",\"entries\":[{\"book\":\"moon\"}]}".getBytes(StandardCharsets.UTF_8));
        }
        run("verify", file.toString());
        assertThat(code).isEqualTo(1);
    }

    @Test
    void a_missing_file_is_wrong_usage() {
        run("verify", folder.resolve("gone.zip").toString());
        assertThat(code).isEqualTo(2);
    }
}
