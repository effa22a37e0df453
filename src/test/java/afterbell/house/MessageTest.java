package afterbell.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The words of the screens: complete in both languages, with the same places for facts, none without use, and none in the code itself. */
class MessageTest {
    private static final Pattern LITERAL = Pattern.compile("\"([a-z][\\w-]*(?:\\.[\\w-]*)+)\"");
    /** Where a literal is certainly a key: what a template says, what a refusal, a flash, a task or a menu entry carries. */
    private static final Pattern CERTAIN =
            Pattern.compile("\\.t\\(\\s*\"([a-z][\\w-]*(?:\\.[\\w-]+)+)\"|Refusal\\.Simple\\(\\s*\"([a-z][\\w-]*(?:\\.[\\w-]+)+)\"|redirect,\\s*\"([a-z][\\w-]*(?:\\.[\\w-]+)+)\"");

    private static final Map<String, String> CHINESE = new TreeMap<>();
    private static final Map<String, String> ENGLISH = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.list(Sources.MESSAGES)) {
            for (Path f : files.filter(p -> p.toString().endsWith(".properties")).sorted().toList()) {
                Properties words = new Properties();
                try (Reader in = Files.newBufferedReader(f)) {
                    words.load(in);
                }
                Map<String, String> into = f.toString().endsWith("_en.properties") ? ENGLISH : CHINESE;
                words.forEach((k, v) -> into.put((String) k, (String) v));
            }
        }
    }

    @Test
    void every_key_stands_in_both_languages() {
        assertThat(lacking(CHINESE, ENGLISH)).as("without English").isEmpty();
        assertThat(lacking(ENGLISH, CHINESE)).as("without Chinese").isEmpty();
    }

    /** Whoever reads the record reads words, not codes. */
    @Test
    void every_act_of_the_record_has_words() {
        Set<String> mute = new TreeSet<>();
        Pattern record = Pattern.compile("audit\\s*\\.record\\((.*?)\\);", Pattern.DOTALL);
        Pattern act = Pattern.compile("\"([a-z_]+\\.[a-z_]*[a-z])\"");
        int acts = 0;
        for (Sources.Source source : Sources.under(Sources.JAVA, ".java")) {
            Matcher records = record.matcher(source.text());
            while (records.find()) {
                Matcher names = act.matcher(records.group(1));
                for (; names.find(); acts++) if (!CHINESE.containsKey("audit.act." + names.group(1))) mute.add(names.group(1));
            }
        }
        assertThat(acts).isGreaterThan(100);
        assertThat(mute).as("write audit.act.* for them").isEmpty();
    }

    /** One of two lines would win in silence: so it happens when two changes to one sentence meet, or two files think of one word. */
    @Test
    void a_key_stands_once_in_its_language() throws IOException {
        List<String> chinese = new ArrayList<>();
        List<String> english = new ArrayList<>();
        try (var files = Files.list(Sources.MESSAGES)) {
            for (Path f : files.filter(p -> p.toString().endsWith(".properties")).sorted().toList()) (f.toString().endsWith("_en.properties") ? english : chinese).addAll(Files.readAllLines(f));
        }
        assertThat(twice("Chinese", chinese)).isEmpty();
        assertThat(twice("English", english)).isEmpty();
        assertThat(twice("planted", List.of("# a=", "a=1", "b=1", "a=2"))).containsExactly("planted: a");
    }

    static List<String> twice(String where, List<String> lines) {
        Set<String> seen = new TreeSet<>();
        List<String> lies = new ArrayList<>();
        for (String line : lines) {
            int end = line.indexOf('=');
            if (end > 0 && !line.startsWith("#") && !seen.add(line.substring(0, end))) lies.add(where + ": " + line.substring(0, end));
        }
        return lies;
    }

    /** Keys of the first that the second lacks. */
    static Set<String> lacking(Map<String, String> first, Map<String, String> second) {
        Set<String> keys = new TreeSet<>(first.keySet());
        keys.removeAll(second.keySet());
        return keys;
    }

    @Test
    void both_languages_have_places_for_the_same_facts() {
        List<String> lies = unequal(CHINESE, ENGLISH);
        // A fact that one language says in a word of its own (a plural) or not at all needs a reason in the list.
        lies.removeIf(l -> Sources.list("message-facts.csv").contains(l.substring(0, l.indexOf(':'))));
        assertThat(lies).isEmpty();
    }

    static List<String> unequal(Map<String, String> chinese, Map<String, String> english) {
        List<String> lies = new ArrayList<>();
        chinese.forEach((key, words) -> {
            String other = english.get(key);
            if (other != null && !facts(words).equals(facts(other))) lies.add(key + ": " + words + " / " + other);
        });
        return lies;
    }

    private static Set<String> facts(String words) {
        Set<String> places = new TreeSet<>();
        Matcher m = Pattern.compile("\\{(\\d+)").matcher(words.replace("''", ""));
        while (m.find()) places.add(m.group(1));
        return places;
    }

    @Test
    void every_sentence_with_facts_can_be_filled() {
        assertThat(unfillable(CHINESE)).isEmpty();
        assertThat(unfillable(ENGLISH)).isEmpty();
    }

    static List<String> unfillable(Map<String, String> all) {
        List<String> lies = new ArrayList<>();
        all.forEach((key, words) -> {
            if (!words.contains("{")) return;
            try {
                new MessageFormat(words);
                if (words.replace("''", "").contains("'")) lies.add(key + ": a lone apostrophe swallows what follows");
            } catch (IllegalArgumentException e) {
                lies.add(key + ": " + e.getMessage());
            }
        });
        return lies;
    }

    @Test
    void every_key_that_is_used_has_words() {
        assertThat(wordless(all(), CHINESE)).isEmpty();
    }

    static List<String> wordless(List<Sources.Source> sources, Map<String, String> words) {
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : sources) {
            Matcher m = CERTAIN.matcher(s.text());
            while (m.find()) {
                String key = m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3);
                boolean joined = s.text().startsWith(" +", m.end()) || s.text().startsWith("+", m.end());
                if (!joined && !words.containsKey(key)) lies.add(s.path() + " uses " + key);
            }
        }
        return lies;
    }

    @Test
    void no_words_without_use() {
        assertThat(idle(all(), CHINESE.keySet(), Set.copyOf(Sources.list("message-patterns.csv")))).isEmpty();
    }

    static Set<String> idle(List<Sources.Source> sources, Set<String> keys, Set<String> patterns) {
        Set<String> literals = new HashSet<>();
        Set<String> beginnings = new HashSet<>();
        for (Sources.Source s : sources) {
            Matcher m = LITERAL.matcher(s.text());
            while (m.find()) {
                literals.add(m.group(1));
                if (m.group(1).endsWith(".") || m.group(1).endsWith("_")) beginnings.add(m.group(1));
                // "a.b" + x: the words begin like that.
                String rest = s.text().substring(m.end(), Math.min(s.text().length(), m.end() + 3)).strip();
                if (rest.startsWith("+")) beginnings.add(m.group(1));
            }
        }
        return keys.stream()
                .filter(k -> !used(k, literals, beginnings) && !(k.endsWith(".next") && used(k.substring(0, k.length() - 5), literals, beginnings)))
                .filter(k -> patterns.stream().noneMatch(k::matches))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean used(String key, Set<String> literals, Set<String> beginnings) {
        return literals.contains(key) || beginnings.stream().anyMatch(b -> b.length() > 3 && b.contains(".") && key.startsWith(b));
    }

    @Test
    void no_chinese_in_java_or_templates() {
        assertThat(han(all())).isEmpty();
    }

    static List<String> han(List<Sources.Source> sources) {
        Pattern han = Pattern.compile("[\\p{IsHan}\\u3000-\\u303F\\uFF00-\\uFFEF]");
        List<String> lies = new ArrayList<>();
        for (Sources.Source s : sources) {
            Matcher m = han.matcher(s.text());
            if (m.find()) lies.add(s.path() + ": " + s.text().substring(Math.max(0, m.start() - 20), Math.min(s.text().length(), m.end() + 20)).strip());
        }
        return lies;
    }

    private static List<Sources.Source> all() {
        List<Sources.Source> all = new ArrayList<>(Sources.under(Sources.JAVA, ".java"));
        all.addAll(Sources.under(Sources.JTE, ".jte"));
        return all;
    }
}
