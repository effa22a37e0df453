package afterbell.base.shared.sheet;

import afterbell.base.shared.text.DataFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of {@code sheet/words.yaml}, ready for look-up. */
final class Words {
    private static final DataFile FILE = DataFile.load("sheet/words.yaml");

    private Words() {}

    static DataFile at(String key) {
        return FILE.at(key);
    }

    static List<String> list(String key) {
        return FILE.at(key).texts();
    }

    static Set<String> keys(String key) {
        return list(key).stream().map(Words::comparable).collect(Collectors.toUnmodifiableSet());
    }

    /** Word, made comparable, to the code it stands for, such as a relation. */
    static Map<String, String> codes(String table) {
        Map<String, String> codes = new HashMap<>();
        FILE.at(table).entries().forEach((code, words) -> {
            codes.put(comparable(code), code);
            for (String word : words.texts()) codes.putIfAbsent(comparable(word), code);
        });
        return Map.copyOf(codes);
    }

    /** Word to code with the longest words first, for finding them inside a text. */
    static Map<String, String> longestFirst(String table) {
        Map<String, String> all = new HashMap<>();
        FILE.at(table).entries().forEach((code, words) -> words.texts().forEach(word -> all.putIfAbsent(word, code)));
        Map<String, String> sorted = new LinkedHashMap<>();
        all.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .forEach(word -> sorted.put(word, all.get(word)));
        return sorted;
    }

    /** An alternation of literal words, longest first. */
    static String oneOf(Iterable<String> words) {
        List<String> all = new ArrayList<>();
        words.forEach(all::add);
        all.sort(Comparator.comparingInt(String::length).reversed());
        return all.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    }

    /** Signs matter here, other than in header words: a dash alone means none. */
    static String comparable(String word) {
        return CellText.clean(word).replace(" ", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** The first word of a table that a text begins with. */
    static @Nullable String startOf(String text, Iterable<String> words) {
        for (String word : words) if (text.startsWith(word)) return word;
        return null;
    }
}
