package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Law 10: a number that a bureau may change is a rule, never a constant. No policy compares with a number of its own; how long a text may be is the exception. */
class RulesAreDataTest {
    private static final Pattern CONSTANT = Pattern.compile("public static final Rule<.+?> ([A-Z][A-Z0-9_]+) =");
    private static final Pattern NAMED = Pattern.compile("\\b([A-Z][A-Z0-9_]{3,})\\b");
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

    /** A rule that a page shows as holding is read by something, or its line in {@code rules-unread.csv} says why nothing reads it. */
    @Test
    void every_rule_is_read_somewhere_or_says_why_not() {
        Map<String, String> reasons = Sources.list("rules-unread.csv").stream().map(l -> l.split(",", 2)).collect(Collectors.toMap(l -> l[0], l -> l.length > 1 ? l[1].strip() : ""));
        List<Sources.Source> readers = Sources.under(Sources.JAVA, ".java").stream().filter(s -> !s.path().endsWith("Rule.java")).toList();
        Set<String> unread = unread(constants(Sources.read(Sources.JAVA.resolve("afterbell/base/rules/Rule.java")).text()), readers);
        assertThat(unread).as("read by nothing, and no reason in rules-unread.csv; or a reason there for a rule that is read").containsExactlyInAnyOrderElementsOf(reasons.keySet());
        assertThat(reasons.values()).as("a reason is a sentence").allMatch(r -> r.length() > 20);
    }

    @Test
    void a_rule_that_only_a_comment_names_is_unread() {
        String rules = "public static final Rule<Integer> CLUB_MAX = whole(\"club.max\");\n    public static final Rule<List<Integer>> RANKS = wholes(\"a.ranks\");";
        Path file = Path.of("Planted.java");
        assertThat(unread(constants(rules), List.of(new Sources.Source(file, "// Rule.CLUB_MAX\nrules.value(school, on, Rule.RANKS_OLD);")))).containsExactly("CLUB_MAX", "RANKS");
        assertThat(unread(constants(rules), List.of(new Sources.Source(file, "rules.value(school, on, Rule.CLUB_MAX); rules.value(school, on, Rule.RANKS);")))).isEmpty();
    }

    private static Set<String> constants(String text) {
        return CONSTANT.matcher(Sources.withoutComments(text)).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> unread(Set<String> rules, List<Sources.Source> readers) {
        Set<String> left = new TreeSet<>(rules);
        for (Sources.Source reader : readers) {
            Matcher m = NAMED.matcher(Sources.withoutComments(reader.text()));
            while (m.find()) left.remove(m.group(1));
        }
        return left;
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
