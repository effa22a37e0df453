package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Law 10: a number that a bureau may change is a rule, never a constant. No policy compares with a number of its own; how long a text may be is the exception. */
class RulesAreDataTest {
    private static final Pattern THRESHOLD = Pattern.compile("((?:\\w+(?:\\(\\))?\\.)*\\w+(?:\\(\\))?)\\s*(?:<=|>=|<|>|==)\\s*(\\d+)\\b");

    @Test
    void no_policy_holds_a_number_that_a_bureau_may_change() {
        // The desk's policies judge forms (how long a name, which grades a band has), not what a bureau rules.
        List<Sources.Source> policies = Sources.under(Sources.JAVA, "Policy.java").stream().filter(s -> !s.path().toString().contains("/desk/")).toList();
        assertThat(policies).isNotEmpty();
        assertThat(thresholds(policies)).isEmpty();
    }

    @Test
    void a_planted_number_is_seen_and_the_length_of_a_text_is_not() {
        Path file = Path.of("PlantedPolicy.java");
        assertThat(thresholds(List.of(
                        new Sources.Source(file, "if (section.capacity() > 20) refuse();"),
                        new Sources.Source(file, "if (days >= 3) refuse();"),
                        new Sources.Source(file, "if (typed.name().length() > 60) refuse(); // capacity > 20"),
                        new Sources.Source(file, "if (found.size() > 1 || max < 0) refuse();"))))
                .containsExactly("PlantedPolicy.java: section.capacity() > 20", "PlantedPolicy.java: days >= 3");
    }

    // None, one and two are how a language counts, and a week has its days; neither is set by a bureau.
    static List<String> thresholds(List<Sources.Source> policies) {
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : policies) {
            Matcher m = THRESHOLD.matcher(Sources.withoutComments(s.text()));
            while (m.find()) if (Integer.parseInt(m.group(2)) > 2 && !m.group(1).contains("length()") && !m.group(1).contains("codePoint") && !m.group(1).endsWith("weekday()")) lies.add(s.path().getFileName() + ": " + m.group());
        }
        return lies;
    }
}
