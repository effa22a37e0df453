package afterbell.app.commands;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.app.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract of the command line: JSON shape and exit codes, on files as the documentation shows them. */
class QuoteCommandTest {
    @TempDir
    Path folder;

    private int code;

    @Test
    void answers_lines_and_totals_in_the_shape_of_the_contract() throws IOException {
        JsonNode answer = JsonMapper.builder().build().readTree(run(file("tariff V4"), file("facts V4"), "--json"));
        assertThat(code).isZero();
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("lines", "chargedFen", "refundedFen", "carriedFen", "destination");
        JsonNode line = answer.get("lines").get(0);
        assertThat(line.propertyNames()).containsExactlyInAnyOrder("from", "to", "quantity", "unit", "unitPriceFen", "amountFen", "clause");
        assertThat(line.get("quantity").asInt()).isEqualTo(174);
        assertThat(line.get("unitPriceFen").asLong()).isEqualTo(180);
        assertThat(answer.get("chargedFen").asLong()).isEqualTo(31320);
        assertThat(answer.get("refundedFen").asLong()).isEqualTo(4680);
        assertThat(answer.get("destination").asString()).isEqualTo("original-payer");
    }

    @Test
    void an_unlawful_payee_ends_with_one_and_names_rule_clause_and_way_out() throws IOException {
        JsonNode answer = JsonMapper.builder().build().readTree(run(file("tariff V18b"), file("facts V18b"), "--json"));
        assertThat(code).isEqualTo(1);
        assertThat(answer.get("refusal").get("rule").asString()).isEqualTo("fee.payees");
        assertThat(answer.get("refusal").get("clause").asString()).isNotBlank();
    }

    @Test
    void faults_of_a_file_are_told_with_their_lines() throws IOException {
        Path broken = folder.resolve("broken.yaml");
        Files.writeString(broken, Files.readString(file("tariff V4")).replace("unit: period-day", "unit: moon"));
        assertThat(run(broken, file("facts V4"))).contains("broken.yaml").contains("moon");
        assertThat(code).isEqualTo(1);
        run(folder.resolve("nowhere.yaml"), file("facts V4"));
        assertThat(code).isEqualTo(2);
    }

    private String run(Path tariff, Path facts, String... more) {
        String[] arguments = new String[5 + more.length];
        arguments[0] = "quote";
        arguments[1] = "--tariff";
        arguments[2] = tariff.toString();
        arguments[3] = "--facts";
        arguments[4] = facts.toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            code = Main.commandLine().execute(arguments);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** The first block of that name in the documentation, as a file. */
    private Path file(String block) throws IOException {
        Matcher found = Pattern.compile("```yaml " + block + "\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("docs/how/money.md")));
        assertThat(found.find()).isTrue();
        Path file = folder.resolve(block.replace(' ', '-') + ".yaml");
        Files.writeString(file, found.group(1));
        return file;
    }
}
