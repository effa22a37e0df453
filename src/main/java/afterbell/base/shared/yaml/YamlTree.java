package afterbell.base.shared.yaml;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * One place in a data file. A reader asks for what it expects; whatever is missing or of the wrong shape becomes a {@link YamlProblem} with its line,
 * and a harmless stand-in value, so that one reading finds all faults of a file. Whoever reads looks at the list of problems at the end.
 *
 * <p>Files are text of at most 1 million characters, without aliases.
 */
public final class YamlTree {
    private static final int LONGEST = 1_000_000;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("H:mm");

    private final String file;
    private final @Nullable Node node;
    private final int line;
    private final List<YamlProblem> problems;
    private @Nullable Map<String, YamlTree> entries;

    private YamlTree(String file, @Nullable Node node, int line, List<YamlProblem> problems) {
        this.file = file;
        this.node = node;
        this.line = line;
        this.problems = problems;
    }

    /** Reads the whole text; an unreadable one gives a problem and an empty tree. */
    public static YamlTree parse(String file, String text, List<YamlProblem> problems) {
        if (text.length() > LONGEST) {
            problems.add(new YamlProblem(file, 0, "too-long", List.of(LONGEST)));
            return new YamlTree(file, null, 0, problems);
        }
        try {
            @Nullable Node root = yaml().compose(new StringReader(withoutMark(text)));
            if (root == null) problems.add(new YamlProblem(file, 0, "empty", List.of()));
            return new YamlTree(file, root, root == null ? 0 : lineOf(root.getStartMark()), problems);
        } catch (MarkedYAMLException e) {
            problems.add(new YamlProblem(file, lineOf(e.getProblemMark()), "syntax", List.of(String.valueOf(e.getProblem()))));
        } catch (YAMLException e) {
            problems.add(new YamlProblem(file, 0, "syntax", List.of(String.valueOf(e.getMessage()))));
        }
        return new YamlTree(file, null, 0, problems);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setAllowRecursiveKeys(false);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(LONGEST);
        DumperOptions dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options);
    }

    private static int lineOf(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine() + 1;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    /** Adds a problem at this place. */
    public void refuse(String code, Object... details) {
        problems.add(new YamlProblem(file, line, code, List.of(details)));
    }

    // --- a map ---

    /** The children of a map in the order of the file; a key that stands twice is a problem. */
    public Map<String, YamlTree> entries() {
        if (entries == null) entries = readEntries();
        return entries;
    }

    private Map<String, YamlTree> readEntries() {
        Map<String, YamlTree> found = new LinkedHashMap<>();
        switch (node) {
            case MappingNode map -> {
                for (NodeTuple tuple : map.getValue()) {
                    int at = lineOf(tuple.getKeyNode().getStartMark());
                    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                    YamlTree child = new YamlTree(file, tuple.getValueNode(), at, problems);
                    if (found.putIfAbsent(key, child) != null) child.refuse("twice", key);
                }
            }
            case null -> {}
            default -> refuse("not-a-map");
        }
        return found;
    }

    /** Refuses every key that is not listed: a mistyped key must never be silently without effect. */
    public YamlTree only(String... keys) {
        Set<String> known = new HashSet<>(Arrays.asList(keys));
        entries().forEach((key, child) -> {
            if (!known.contains(key)) child.refuse("unknown-key", key, String.join(", ", keys));
        });
        return this;
    }

    public boolean has(String key) {
        return node instanceof MappingNode map
                && map.getValue().stream().anyMatch(t -> t.getKeyNode() instanceof ScalarNode s && s.getValue().equals(key) && !isNull(t.getValueNode()));
    }

    /** The child, or a problem and an empty place. */
    public YamlTree at(String key) {
        @Nullable YamlTree child = has(key) ? entries().get(key) : null;
        if (child != null) return child;
        if (node != null) refuse("missing", key);
        return new YamlTree(file, null, line, problems);
    }

    public String text(String key) {
        return at(key).text();
    }

    public String text(String key, String otherwise) {
        return has(key) ? at(key).text() : otherwise;
    }

    public int number(String key, int least, int most) {
        return at(key).number(least, most);
    }

    public int number(String key, int least, int most, int otherwise) {
        return has(key) ? at(key).number(least, most) : otherwise;
    }

    public boolean yes(String key, boolean otherwise) {
        return has(key) ? at(key).yes() : otherwise;
    }

    public LocalDate date(String key) {
        return at(key).date();
    }

    public @Nullable LocalDate dateOrNull(String key) {
        return has(key) ? at(key).date() : null;
    }

    public LocalTime time(String key) {
        return at(key).time();
    }

    /** The items of a list child; none where the child is absent. A single value counts as a list of one. */
    public List<YamlTree> list(String key) {
        return has(key) ? at(key).list() : List.of();
    }

    // --- a list ---

    public List<YamlTree> list() {
        return switch (node) {
            case SequenceNode sequence -> {
                List<YamlTree> items = new ArrayList<>();
                for (Node item : sequence.getValue()) items.add(new YamlTree(file, item, lineOf(item.getStartMark()), problems));
                yield items;
            }
            case null -> List.of();
            default -> List.of(this);
        };
    }

    // --- one value ---

    /** Whether this place holds a single value, no map and no list. */
    public boolean isValue() {
        return node instanceof ScalarNode;
    }

    /** Empty where this place holds no single value. */
    public String text() {
        switch (node) {
            case ScalarNode scalar -> {
                return scalar.getValue().strip();
            }
            case null -> {
                return "";
            }
            default -> {
                refuse("not-a-value");
                return "";
            }
        }
    }

    public int number(int least, int most) {
        if (node == null) return least;
        String text = text();
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) return value;
            refuse("out-of-bounds", text, least, most);
        } catch (NumberFormatException e) {
            refuse("not-a-number", text);
        }
        return least;
    }

    /** An amount in yuan with at most two decimals, given back in fen. */
    public long yuanAsFen() {
        if (node == null) return 0;
        String text = text();
        try {
            return new BigDecimal(text).movePointRight(2).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            refuse("not-money", text);
            return 0;
        }
    }

    public boolean yes() {
        if (node == null) return false;
        return switch (text()) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> {
                refuse("not-yes-or-no", text());
                yield false;
            }
        };
    }

    public LocalDate date() {
        if (node == null) return LocalDate.EPOCH;
        try {
            return LocalDate.parse(text());
        } catch (DateTimeParseException e) {
            refuse("not-a-date", text());
            return LocalDate.EPOCH;
        }
    }

    /** A time of day, {@code 7:30} or {@code 17:00}. */
    public LocalTime time() {
        if (node == null) return LocalTime.MIDNIGHT;
        try {
            return LocalTime.parse(text(), CLOCK);
        } catch (DateTimeParseException e) {
            refuse("not-a-time", text());
            return LocalTime.MIDNIGHT;
        }
    }

    /** One of an enum's words, written as in the files: lower case with hyphens. */
    public <E extends Enum<E>> @Nullable E one(Class<E> words) {
        if (node == null) return null;
        String text = text();
        for (E word : words.getEnumConstants()) if (spelled(word).equals(text)) return word;
        refuse("not-one-of", text, String.join(", ", Arrays.stream(words.getEnumConstants()).map(YamlTree::spelled).toList()));
        return null;
    }

    public static String spelled(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isNull(Node value) {
        return value.getTag().equals(Tag.NULL) || value instanceof ScalarNode scalar && scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN && scalar.getValue().isEmpty();
    }
}
