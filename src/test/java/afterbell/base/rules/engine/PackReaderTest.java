package afterbell.base.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.base.rules.Rule;
import afterbell.base.shared.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rule: club.max-sise, value: 20, severity: ban         | rules.unknown-rule",
                "rule: club.max-size, value: many, severity: ban       | not-a-number",
                "rule: club.max-size, value: 9999, severity: ban       | out-of-bounds",
                "rule: club.max-size, value: 20, severity: forbidden   | not-one-of",
                "rule: club.max-size, severity: ban                    | missing",
                "rule: club.max-size, value: 20                        | missing",
                "rule: club.max-size, value: 20, severity: ban, clas: 1 | unknown-key",
                "rule: club.max-size, value: 20, severity: ban, severity: ban | twice",
                "rule: evening.latest-end, value: 25:00, severity: ban | not-a-time",
                "rule: round.first-come, value: perhaps, severity: ban | not-yes-or-no",
                "rule: fee.payees, value: [unit-account, uncle], severity: ban | not-one-of",
                "rule: fee.ceilings, value: [{unit: month, yuan: 1.234}], severity: ban | not-money",
                "rule: fee.ceilings, value: [{unit: month}], severity: ban | missing",
                "rule: club.max-size, value: 20, severity: ban, stages: [infants] | not-one-of",
            })
    void a_wrong_line_is_refused_with_its_place(String rule, String code) {
        List<YamlProblem> problems = read(Packs.pack("P", "45", "2021-01-01", "rule: round.min-days, value: 3, severity: advice", rule.strip()));
        assertThat(problems).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo(code.strip());
            assertThat(p.line()).isEqualTo(9);
            assertThat(p.file()).isEqualTo("bureau.yaml");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: \"45\" | region: Guangxi | rules.bad-region",
                "region: \"45\" | region: \"4\" | rules.bad-region",
                "pack: P2 | pack: two words | rules.bad-code",
                "from: 2021-01-01 | from: first of May | not-a-date",
                "from: 2021-01-01 | from: 2021-02-30 | not-a-date",
                "from: 2021-01-01 | from: 2021-01-01, until: 2020-01-01 | rules.until-before-from",
                "rules: | rulez: | unknown-key",
                "title: | title: [ | syntax",
            })
    void a_wrong_head_is_refused(String right, String wrong, String code) {
        String good = Packs.pack("P2", "45", "2021-01-01", "rule: round.min-days, value: 3, severity: advice");
        assertThat(read(good)).isEmpty();
        assertThat(good).contains(right.strip());
        assertThat(read(good.replace(right.strip(), wrong.strip()))).extracting(YamlProblem::code).contains(code.strip());
    }

    @Test
    void all_faults_of_a_file_are_told_at_once() {
        List<YamlProblem> problems = read(Packs.pack(
                "P", "45", "2021-01-01", "rule: nothing.known, value: 3, severity: advice", "rule: round.min-days, value: x, severity: advice", "rule: club.max-size, value: 1, severity: odd"));
        assertThat(problems).extracting(YamlProblem::line).containsExactly(8, 9, 10);
    }

    @Test
    void a_mistyped_key_is_answered_with_the_nearest_one() {
        assertThat(read(Packs.pack("P", "", "2021-01-01", "rule: club.max-sise, value: 3, severity: advice")).get(0).details()).containsExactly("club.max-sise", "club.max-size");
    }

    @Test
    void two_lines_that_would_tie_are_refused() {
        assertThat(read(Packs.pack(
                        "P",
                        "45",
                        "2021-01-01",
                        "rule: club.max-size, value: 20, severity: ban, stages: [junior]",
                        "rule: club.max-size, value: 21, severity: ban, stages: [junior, primary]")))
                .extracting(YamlProblem::code)
                .containsExactly("rules.said-twice");
        assertThat(read(Packs.pack(
                        "P",
                        "45",
                        "2021-01-01",
                        "rule: club.max-size, value: 20, severity: ban, stages: [junior]",
                        "rule: club.max-size, value: 21, severity: ban, stages: [primary]",
                        "rule: club.max-size, value: 22, severity: ban")))
                .isEmpty();
    }

    @Test
    void hostile_files_are_refused_and_never_fail() {
        for (String text : List.of(
                "", "---", "- 1", "just words", "a: &a [*a, *a]", "x: !!java.net.URL [\"http://127.0.0.1\"]", "a: {b: {c: {d: {}}}}", "\u0000", "? [a, b]\n: c", "[".repeat(5000), "pack: [1,2]\nrules: x", "x".repeat(1_000_001)))
            assertThat(read(text)).as(text.substring(0, Math.min(30, text.length()))).isNotEmpty();
    }

    @Test
    void five_thousand_damaged_packs_are_read_or_refused_with_a_line() {
        long seed = 77;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String good = Packs.pack(
                "P", "45", "2021-01-01", "rule: club.max-size, value: 20, severity: ban", "rule: fee.ceilings, value: [{unit: month, yuan: 1.23}], severity: ban", "rule: evening.latest-end, value: \"20:30\", severity: ban");
        String letters = "{}[]:,-\"'#&*!|>%@ \n\tax01";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int k = 0; k <= random.nextInt(4); k++) text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            List<YamlProblem> problems = new ArrayList<>();
            boolean read = PackReader.read("bureau.yaml", text.toString(), problems).isPresent();
            assertThat(read).as("seed %d case %d", seed, i).isEqualTo(problems.isEmpty());
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void each_shipped_value_reads_back_from_its_own_text() {
        for (RulePack pack : Packs.shipped())
            for (RuleEntry entry : pack.entries()) {
                String text = entry.rule().kind().yaml(entry.value());
                List<YamlProblem> problems = new ArrayList<>();
                Optional<RulePack> again = PackReader.read("again.yaml", Packs.pack("P", "", "2021-01-01", "rule: " + entry.rule().key() + ", value: " + text + ", severity: advice"), problems);
                assertThat(problems).as(entry.rule().key() + ": " + text).isEmpty();
                assertThat(((RuleEntry<?>) again.orElseThrow().entries().get(0)).value()).isEqualTo(entry.value());
            }
    }

    @Test
    void keys_are_spelled_like_keys() {
        assertThat(Rule.all()).extracting(Rule::key).allMatch(key -> key.matches("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*")).hasSizeGreaterThan(80);
    }

    private static List<YamlProblem> read(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        assertThat(PackReader.read("bureau.yaml", text, problems).isPresent()).isEqualTo(problems.isEmpty());
        return problems;
    }
}
