package afterbell.term.tariffs.quote;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.base.rules.ShippedPacks;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of docs/how/money.md are the golden tests of the engine: one per place, each worked by hand. */
class QuoteExamplesTest {
    private static final Path PAGE = Path.of("docs/how/money.md");
    private static final Pattern BLOCK = Pattern.compile("```yaml (tariff|facts) (\\S+)\\n(.*?)```", Pattern.DOTALL);

    private record Example(String id, String tariff, String expected, String facts) {}

    @TestFactory
    @Req("R115")
    Stream<DynamicTest> each_place_computes_its_worked_check() throws IOException {
        return examples().stream().map(example -> DynamicTest.dynamicTest(example.id() + " " + example.expected(), () -> {
            Quote quote = Quoting.quote(tariff(example.tariff()), facts(example.facts()), ShippedPacks.book());
            assertThat(told(quote)).isEqualTo(example.expected());
            long paid = facts(example.facts()).payments().stream().mapToLong(Facts.Payment::fen).sum();
            if (quote.refusal() == null) assertThat(quote.chargedFen() + quote.refundedFen() + quote.carriedFen()).isEqualTo(paid);
            else assertThat(quote.refusal().instead()).as("what may be done instead").isNotBlank();
            assertThat(quote.lines()).allSatisfy(line -> assertThat(line.clause()).isNotBlank());
        }));
    }

    @Test
    void the_page_has_all_places_of_the_source() throws IOException {
        List<String> ids = examples().stream().map(example -> example.id().replaceAll("[a-z]$", "")).distinct().toList();
        assertThat(ids).containsExactly(
                "V1", "V3", "V4", "V6", "V7", "V9", "V11", "V12", "V13", "V14", "V17", "V18", "V19", "V22", "V23", "V24", "V28", "V29");
    }

    static String told(Quote quote) {
        if (quote.refusal() != null) return "refused " + quote.refusal().rule() + ": " + quote.refusal().clause();
        return "charged " + yuan(quote.chargedFen()) + " refunded " + yuan(quote.refundedFen()) + " carried " + yuan(quote.carriedFen());
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static List<Example> examples() throws IOException {
        Map<String, String> tariffs = new HashMap<>();
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            String text = block.group(3);
            if (block.group(1).equals("tariff")) tariffs.put(block.group(2), text);
            else {
                String expected = text.substring(2, text.indexOf('\n'));
                examples.add(new Example(block.group(2), Objects.requireNonNull(tariffs.get(block.group(2))), expected, text));
            }
        }
        assertThat(examples).hasSizeGreaterThan(60);
        return examples;
    }

    static Tariff tariff(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        var tariff = TariffReader.read("tariff.yaml", text, problems);
        assertThat(problems).as(text).isEmpty();
        return tariff.orElseThrow();
    }

    static Facts facts(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        var facts = FactsReader.read("facts.yaml", text, problems);
        assertThat(problems).as(text).isEmpty();
        return facts.orElseThrow();
    }
}
