package afterbell.base.shared.sheet;

import afterbell.base.shared.text.DataFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which column a header word means, for one kind, by {@code sheet/headers.yaml}. */
final class HeaderWords {
    private static final DataFile FILE = DataFile.load("sheet/headers.yaml");
    private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern BRACKETS = Pattern.compile("[(\uFF08\\[\u3010][^)\uFF09\\]\u3011]*[)\uFF09\\]\u3011]?");
    private static final int LONGEST = 60;

    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, String> contained = new LinkedHashMap<>();
    private final Map<String, String> firstWord = new HashMap<>();
    private final Set<String> bare;
    private final Map<String, DataFile> bareAfter;

    HeaderWords(ImportKind kind) {
        DataFile words = FILE.at(kind.key());
        for (ImportKind.Column column : kind.columns()) {
            if (!words.has(column.key())) continue;
            for (String word : words.at(column.key()).texts()) add(column.key(), word);
        }
        bare = Set.copyOf(FILE.at("follows").at("words").texts());
        bareAfter = FILE.at("follows").at("phones").entries();
    }

    private void add(String column, String word) {
        if (word.startsWith("~")) {
            contained.putIfAbsent(CellText.key(word.substring(1)), column);
            return;
        }
        for (String one : expand(word)) {
            firstWord.putIfAbsent(column, one);
            exact.putIfAbsent(CellText.key(one), column);
        }
    }

    private static List<String> expand(String word) {
        Matcher brace = BRACES.matcher(word);
        if (!brace.find()) return List.of(word);
        List<String> all = new ArrayList<>();
        for (String choice : brace.group(1).split(",", -1))
            all.addAll(expand(word.substring(0, brace.start()) + choice + word.substring(brace.end())));
        return all;
    }

    /** The word we write ourselves for a column. */
    String word(String column) {
        return firstWord.getOrDefault(column, column);
    }

    /** The column a header means; null when it means none. */
    @Nullable String column(String header) {
        if (header.length() > LONGEST) return null;
        String whole = exact.get(CellText.key(header));
        if (whole != null) return whole;
        String plain = CellText.key(BRACKETS.matcher(header).replaceAll(""));
        if (plain.isEmpty()) return null;
        String known = exact.get(plain);
        if (known == null) known = exact.get(plain.replaceFirst("^\\d+", ""));
        if (known != null) return known;
        for (Map.Entry<String, String> part : contained.entrySet()) if (plain.contains(part.getKey())) return part.getValue();
        return null;
    }

    /**
     * The columns of a header line. Of two columns with one meaning the first counts; a bare "phone" belongs to the person in the
     * column before it.
     */
    Map<Integer, String> columns(List<String> headers) {
        Map<Integer, String> found = new LinkedHashMap<>();
        String before = null;
        for (int i = 0; i < headers.size(); i++) {
            String header = headers.get(i);
            if (header.isEmpty()) continue;
            DataFile follower = before != null && bare.contains(header) ? bareAfter.get(before) : null;
            String column = follower == null ? column(header) : follower.text();
            if (follower != null && found.containsValue(column)) column = column(header);
            if (column != null && !found.containsValue(column)) {
                found.put(i, column);
                before = column;
            } else {
                before = null;
            }
        }
        return found;
    }
}
