package afterbell.base.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The packs as shipped, and small ones made for a test. */
final class Packs {
    private static final Path SHIPPED = Path.of("src/main/resources/rules");

    private Packs() {}

    static List<RulePack> shipped() {
        List<YamlProblem> problems = new ArrayList<>();
        List<RulePack> packs = new ArrayList<>();
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList())
                PackReader.read(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8), problems).ifPresent(packs::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(problems).isEmpty();
        return packs;
    }

    static RuleBook book(String... more) {
        List<RulePack> packs = new ArrayList<>(shipped());
        for (String text : more) packs.add(one(text));
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook book = RuleBook.of(packs, problems);
        assertThat(problems).isEmpty();
        return book;
    }

    /** Only the product's pack and those given. */
    static RuleBook bare(String... more) {
        List<RulePack> packs = new ArrayList<>(shipped().stream().filter(RulePack::product).toList());
        for (String text : more) packs.add(one(text));
        List<YamlProblem> problems = new ArrayList<>();
        RuleBook book = RuleBook.of(packs, problems);
        assertThat(problems).isEmpty();
        return book;
    }

    static RulePack one(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        RulePack pack = PackReader.read("test.yaml", text, problems).orElse(null);
        assertThat(problems).isEmpty();
        return pack;
    }

    /** A pack of one or more rule lines. */
    static String pack(String code, String region, String from, String... rules) {
        return """
                pack: %s
                title: {zh: 试, en: test}
                authority: {zh: 试, en: test}
                region: "%s"
                effective: {from: %s}
                source: {zh: 试, en: test}
                rules:
                %s
                """
                .formatted(code, region, from, String.join("\n", Stream.of(rules).map(r -> "  - {" + r + ", zh: 试, en: test}").toList()));
    }
}
