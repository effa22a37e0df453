package afterbell.base.rules;

import afterbell.base.shared.Money;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The value of a rule that is a small table: rows with the columns that its {@link Kind.Table} declares. Absent cells are absent keys. */
public record RuleTable(List<Row> rows) {

    public RuleTable {
        rows = List.copyOf(rows);
    }

    public record Row(Map<String, Object> cells) {
        public Row {
            cells = Map.copyOf(cells);
        }

        public int number(String column) {
            return (Integer) cell(column);
        }

        public Money money(String column) {
            return (Money) cell(column);
        }

        public boolean yes(String column) {
            return (Boolean) cell(column);
        }

        public String text(String column) {
            return (String) cell(column);
        }

        public <E extends Enum<E>> E one(String column, Class<E> words) {
            return words.cast(cell(column));
        }

        public <E extends Enum<E>> Set<E> some(String column, Class<E> words) {
            return ((Collection<?>) cell(column)).stream().map(words::cast).collect(Collectors.toUnmodifiableSet());
        }

        public Optional<Object> maybe(String column) {
            return Optional.ofNullable(cells.get(column));
        }

        private Object cell(String column) {
            return maybe(column).orElseThrow(() -> new IllegalArgumentException("no cell " + column + " in " + cells.keySet()));
        }
    }
}
