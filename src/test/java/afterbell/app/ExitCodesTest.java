package afterbell.app;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.term.placement.engine.Generator;
import afterbell.term.placement.engine.InstanceFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One rule for all commands: what isn't there or is no way to call it ends with 2 and a line on standard error; a file whose content can't be used ends with 1
 * and the reason on standard output, as JSON where that is asked for. Nobody ever reads a stack trace.
 */
class ExitCodesTest {
    private static final long SEED = 20261122;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What stands where a command expects a file. */
    private enum Kind {
        MISSING(2),
        A_FOLDER(2),
        EMPTY(1),
        RUBBISH(1),
        WRONG_TYPES(1),
        HUGE(1);

        final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    @BeforeEach
    void goodFiles() throws IOException {
        InstanceFiles.write(Generator.tight(8, 40).instance(), folder.resolve("in"));
        Files.writeString(folder.resolve("good.key"), "0a".repeat(32));
        Files.createDirectory(folder.resolve("data"));
    }

    @Test
    void a_file_that_is_not_there_ends_with_2_and_one_that_cannot_be_used_with_1() throws IOException {
        Map<String, String> wrong = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            for (Map.Entry<String, List<String>> c : commands(kind).entrySet()) {
                for (boolean json : kind == Kind.EMPTY ? new boolean[] {false, true} : new boolean[] {kind.code == 1}) {
                    String seen = judged(kind, json, with(c.getValue(), json));
                    if (!seen.isEmpty()) wrong.put(c.getKey() + ", " + kind + (json ? ", as JSON" : ""), seen);
                }
            }
        }
        assertThat(wrong).as("seed of the rubbish %d", SEED).isEmpty();
    }

    @Test
    void a_folder_that_is_not_there_ends_with_2() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (String none : List.of(folder.resolve("nowhere").toString(), file.toString())) {
            String in = folder.resolve("in").toString();
            for (List<String> command : List.of(
                    List.of("place", "--in", none, "--out", folder.resolve("out").toString()),
                    List.of("place", "verify", "--in", none, "--result", in),
                    List.of("place", "verify", "--in", in, "--result", none),
                    List.of("place", "prove", "--in", none, "--result", in, "--pupil", "p1"),
                    List.of("place", "audit", "--in", none),
                    List.of("scenario", none),
                    List.of("simulate", none),
                    List.of("quote", "--tariff", file.toString(), "--facts", file.toString(), "--rules", none)))
                assertThat(judged(Kind.MISSING, false, command)).as("%s", command).isEmpty();
        }
    }

    @Test
    void a_call_that_is_none_ends_with_2() {
        for (List<String> command : List.of(
                List.of("nonsense"),
                List.of("place"),
                List.of("place", "--in", folder.toString(), "--out", folder.toString(), "--order", "best"),
                List.of("place", "audit", "--in", folder.toString(), "--sample", "0"),
                List.of("quote"),
                List.of("import", "pupils"),
                List.of("audit"),
                List.of("audit", "verify", "--school", "X", "--head", "seven"),
                List.of("ledger"),
                List.of("evidence"),
                List.of("evidence", "verify"),
                List.of("backup"),
                List.of("restore"),
                List.of("database"),
                List.of("database", "roles", "--name", "no;name"),
                List.of("bench"),
                List.of("bench", "placement", "--pupils", "many"),
                List.of("serve", "--port", "many"),
                List.of("run", "--port", "70000"))) assertThat(judged(Kind.MISSING, false, command)).as("%s", command).isEmpty();
    }

    /** The exception of decision 0152: whatever a node can't start with is said where its log stands, and ends with 2. */
    @Test
    void settings_that_no_node_can_start_with_end_with_2_even_where_the_file_is_there() throws IOException {
        String data = folder.resolve("data").toString();
        for (Kind kind : List.of(Kind.RUBBISH, Kind.HUGE)) {
            String file = file(kind).toString();
            for (String command : List.of("serve", "run")) assertThat(judged(Kind.MISSING, false, List.of(command, "--settings", file, "--data", data))).as("%s, %s", command, kind).isEmpty();
        }
    }

    /** Commands by name, each with a file of this kind in one of its places. */
    private Map<String, List<String>> commands(Kind kind) throws IOException {
        String file = file(kind).toString();
        String in = folder.resolve("in").toString();
        String data = folder.resolve("data").toString();
        Map<String, List<String>> all = new TreeMap<>();
        all.put("quote, tariff", List.of("quote", "--tariff", file, "--facts", file));
        all.put("evidence", List.of("evidence", "verify", file));
        all.put("one family's rows", List.of("place", "verify", "--mine", file, "--root", "0a".repeat(32)));
        // A folder without a certificate is one that can't be used.
        if (kind != Kind.A_FOLDER) all.put("certificate", List.of("place", "verify", "--mine", folder.resolve("good.key").toString(), "--result", file));
        all.put("lottery", List.of("place", "verify", "--in", in, "--result", in, "--lottery", file));
        all.put("backup", List.of("restore", "--from", file, "--key", folder.resolve("good.key").toString(), "--data", data, "--check"));
        if (kind == Kind.MISSING || kind == Kind.A_FOLDER) {
            all.put("imported", List.of("import", "pupils", file, "--school", "X", "--data", data));
            all.put("settings of serve", List.of("serve", "--settings", file, "--data", data));
            all.put("settings of run", List.of("run", "--settings", file, "--data", data));
        } else {
            Path good = Files.write(folder.resolve("some.backup"), new byte[100]);
            all.put("key", List.of("restore", "--from", good.toString(), "--key", file, "--data", data, "--check"));
            Path plans = Files.createDirectories(folder.resolve("plan-" + kind));
            Files.copy(Path.of(file), plans.resolve("plan.yaml"));
            all.put("scenario", List.of("scenario", plans.toString(), "--data", data));
            all.put("simulate", List.of("simulate", plans.toString()));
            Path school = folder.resolve("school-" + kind);
            InstanceFiles.write(Generator.tight(8, 40).instance(), school);
            Files.delete(school.resolve("prefs.csv"));
            Files.copy(Path.of(file), school.resolve("prefs.csv"));
            all.put("place", List.of("place", "--in", school.toString(), "--out", folder.resolve("out").toString()));
            all.put("place audit", List.of("place", "audit", "--in", school.toString()));
        }
        return all;
    }

    private Path file(Kind kind) throws IOException {
        Path file = folder.resolve(kind.name());
        switch (kind) {
            case MISSING -> {}
            case A_FOLDER -> Files.createDirectory(file);
            case EMPTY -> Files.createFile(file);
            case RUBBISH -> {
                byte[] bytes = new byte[5_000];
                new Random(SEED).nextBytes(bytes);
                Files.write(file, bytes);
            }
            case WRONG_TYPES -> Files.writeString(file, "{\"pupil\": [7], \"rows\": {\"a\": null}, \"salt\": true, \"path\": \"left\", \"root\": 3.5, \"seed\": {}, \"input_sha256\": 1}");
            case HUGE -> {
                // Two hundred megabytes that take no room on the disk.
                try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
                    huge.setLength(200L << 20);
                }
            }
        }
        return file;
    }

    private static List<String> with(List<String> command, boolean json) {
        if (!json || command.getFirst().equals("serve") || command.getFirst().equals("run")) return command;
        String[] more = Arrays.copyOf(command.toArray(String[]::new), command.size() + 1);
        more[command.size()] = "--json";
        return List.of(more);
    }

    /** What is not as it should be; empty where all is. */
    private String judged(Kind kind, boolean json, List<String> command) {
        int code = run(command);
        String said = out.toString(StandardCharsets.UTF_8);
        String complained = err.toString(StandardCharsets.UTF_8);
        if (code != kind.code) return "ended with " + code + ": " + said + complained;
        if ((said + complained).contains("\tat ") || (said + complained).contains("Exception")) return "a stack trace, or the name of a fault: " + said + complained;
        if (code == 2) return complained.isBlank() ? "says nothing on standard error" : said.isBlank() ? "" : "answers on standard output: " + said;
        if (said.isBlank()) return "says nothing on standard output: " + complained;
        if (!json) return "";
        JsonNode answer = JsonMapper.builder().build().readTree(said);
        boolean lies = answer.path("true").isBoolean() && !answer.path("true").asBoolean() && answer.path("lies").isArray();
        boolean refused = answer.path("refused").isArray() && !answer.path("refused").isEmpty();
        return lies || refused ? "" : "neither refused nor lies: " + said;
    }

    private int run(List<String> command) {
        out.reset();
        err.reset();
        PrintStream wasOut = System.out;
        PrintStream wasErr = System.err;
        PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        System.setOut(toOut);
        System.setErr(toErr);
        try {
            CommandLine line = Main.commandLine();
            line.setOut(new PrintWriter(toOut, true));
            line.setErr(new PrintWriter(toErr, true));
            return line.execute(command.toArray(String[]::new));
        } finally {
            System.setOut(wasOut);
            System.setErr(wasErr);
        }
    }
}
