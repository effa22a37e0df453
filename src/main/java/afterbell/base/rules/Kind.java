package afterbell.base.rules;

import afterbell.base.shared.Money;
import afterbell.base.shared.yaml.YamlTree;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of a rule's value: how it is read from a file, written for people and compared. */
public sealed interface Kind<T> {

    /** Reads the value; a wrong one becomes a problem of the tree and null. */
    @Nullable T read(YamlTree at);

    /** Plain text, as lists and exports show it. */
    String write(T value);

    /** What a file would say: {@link #read} gives the same value back. */
    default String yaml(T value) {
        return quoted(write(value));
    }

    /** A YAML scalar that is always read as text. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + '"';
    }

    /** Whether {@code value} allows something that {@code than} doesn't; decided for {@link Strict#LESS}. */
    boolean exceeds(T value, T than);

    /** @param unit for people: {@code pupils}, {@code minutes}, {@code percent}, … or empty; pages translate it */
    record Whole(int least, int most, String unit) implements Kind<Integer> {
        @Override
        public Integer read(YamlTree at) {
            return at.number(least, most);
        }

        @Override
        public String write(Integer value) {
            return value.toString();
        }

        @Override
        public boolean exceeds(Integer value, Integer than) {
            return value > than;
        }
    }

    record YesNo() implements Kind<Boolean> {
        @Override
        public Boolean read(YamlTree at) {
            return at.yes();
        }

        @Override
        public String write(Boolean value) {
            return value ? "yes" : "no";
        }

        @Override
        public boolean exceeds(Boolean value, Boolean than) {
            return value && !than;
        }
    }

    record TimeOfDay() implements Kind<LocalTime> {
        @Override
        public LocalTime read(YamlTree at) {
            return at.time();
        }

        @Override
        public String write(LocalTime value) {
            return value.toString();
        }

        @Override
        public boolean exceeds(LocalTime value, LocalTime than) {
            return value.isAfter(than);
        }
    }

    /** Written in yuan, kept in fen. */
    record Amount() implements Kind<Money> {
        @Override
        public Money read(YamlTree at) {
            long fen = at.yuanAsFen();
            if (fen < 0) at.refuse("not-money", at.text());
            return new Money(Math.max(fen, 0));
        }

        @Override
        public String write(Money value) {
            return BigDecimal.valueOf(value.fen(), 2).toPlainString();
        }

        @Override
        public boolean exceeds(Money value, Money than) {
            return value.compareTo(than) > 0;
        }
    }

    record One<E extends Enum<E>>(Class<E> words) implements Kind<E> {
        @Override
        public @Nullable E read(YamlTree at) {
            return at.one(words);
        }

        @Override
        public String write(E value) {
            return YamlTree.spelled(value);
        }

        /** Enums that know an order put the strictest word first. */
        @Override
        public boolean exceeds(E value, E than) {
            return value.ordinal() > than.ordinal();
        }
    }

    record Some<E extends Enum<E>>(Class<E> words) implements Kind<Set<E>> {
        @Override
        public Set<E> read(YamlTree at) {
            Set<E> found = EnumSet.noneOf(words);
            for (YamlTree item : at.list()) {
                @Nullable E word = item.one(words);
                if (word != null) found.add(word);
            }
            return found;
        }

        @Override
        public String write(Set<E> value) {
            return value.stream().sorted().map(YamlTree::spelled).collect(Collectors.joining(", "));
        }

        @Override
        public String yaml(Set<E> value) {
            return "[" + write(value) + "]";
        }

        @Override
        public boolean exceeds(Set<E> value, Set<E> than) {
            return !than.containsAll(value);
        }
    }

    /** A short list of whole numbers whose order counts (costs by rank) or doesn't (grades). */
    record Wholes(int least, int most) implements Kind<List<Integer>> {
        @Override
        public List<Integer> read(YamlTree at) {
            return at.list().stream().map(item -> item.number(least, most)).toList();
        }

        @Override
        public String write(List<Integer> value) {
            return value.stream().map(Object::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String yaml(List<Integer> value) {
            return "[" + write(value) + "]";
        }

        @Override
        public boolean exceeds(List<Integer> value, List<Integer> than) {
            return !new LinkedHashSet<>(than).containsAll(value);
        }
    }

    /** Some of an enum's words in an order that counts. */
    record Steps<E extends Enum<E>>(Class<E> words) implements Kind<List<E>> {
        @Override
        public List<E> read(YamlTree at) {
            List<E> found = new ArrayList<>();
            for (YamlTree item : at.list()) {
                @Nullable E word = item.one(words);
                if (word != null && found.contains(word)) item.refuse("twice", YamlTree.spelled(word));
                else if (word != null) found.add(word);
            }
            return List.copyOf(found);
        }

        @Override
        public String write(List<E> value) {
            return value.stream().map(YamlTree::spelled).collect(Collectors.joining(", "));
        }

        @Override
        public String yaml(List<E> value) {
            return "[" + write(value) + "]";
        }

        @Override
        public boolean exceeds(List<E> value, List<E> than) {
            return !value.equals(than);
        }
    }

    /** Rows of named cells; {@code columns} keeps the order that pages show. */
    record Table(Map<String, Column> columns) implements Kind<RuleTable> {

        /** One column: {@code must} cells may not be left out. */
        public record Column(Kind<?> kind, boolean must) {}

        public Table {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }

        @Override
        public RuleTable read(YamlTree at) {
            List<RuleTable.Row> rows = new ArrayList<>();
            for (YamlTree row : at.list()) {
                row.only(columns.keySet().toArray(String[]::new));
                Map<String, Object> cells = new LinkedHashMap<>();
                columns.forEach((name, column) -> {
                    if (!row.has(name) && !column.must()) return;
                    @Nullable Object cell = column.kind().read(row.at(name));
                    if (cell != null) cells.put(name, cell);
                });
                rows.add(new RuleTable.Row(cells));
            }
            return new RuleTable(rows);
        }

        @Override
        public String write(RuleTable value) {
            return value.rows().stream().map(this::write).collect(Collectors.joining("; "));
        }

        private String write(RuleTable.Row row) {
            return columns.entrySet().stream()
                    .filter(c -> row.cells().containsKey(c.getKey()))
                    .map(c -> c.getKey() + " " + written(c.getValue().kind(), row.cells().get(c.getKey())))
                    .collect(Collectors.joining(", "));
        }

        @Override
        public String yaml(RuleTable value) {
            return value.rows().stream().map(this::yaml).collect(Collectors.joining(", ", "[", "]"));
        }

        private String yaml(RuleTable.Row row) {
            return columns.entrySet().stream()
                    .filter(c -> row.cells().containsKey(c.getKey()))
                    .map(c -> c.getKey() + ": " + cell(c.getValue().kind(), row.cells().get(c.getKey())))
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        /** A list is written as one; all else stands in quotation marks, whatever it holds. */
        @SuppressWarnings("unchecked")
        private static <T> String cell(Kind<T> kind, @Nullable Object cell) {
            boolean list = kind instanceof Some || kind instanceof Wholes || kind instanceof Steps;
            return list && cell != null ? kind.yaml((T) cell) : quoted(written(kind, cell));
        }

        @SuppressWarnings("unchecked")
        private static <T> String written(Kind<T> kind, @Nullable Object cell) {
            return cell == null ? "" : kind.write((T) cell);
        }

        /** A table has no order of its own: any difference counts, so that a floor on a table can't be changed below it. */
        @Override
        public boolean exceeds(RuleTable value, RuleTable than) {
            return !value.equals(than);
        }
    }

    /** A word or short text that the product doesn't interpret. */
    record Text(String pattern) implements Kind<String> {
        @Override
        public String read(YamlTree at) {
            String text = at.text();
            if (!text.matches(pattern)) at.refuse("does-not-match", text, pattern);
            return text;
        }

        @Override
        public String write(String value) {
            return value;
        }

        @Override
        public boolean exceeds(String value, String than) {
            return !value.equals(than);
        }
    }
}
