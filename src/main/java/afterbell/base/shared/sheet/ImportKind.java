package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of file holds: its columns (found by the words under the same key in {@code sheet/headers.yaml}), the fields
 * compared with what is known, and how a row finds its record. A room adds a kind by building one of these.
 *
 * <p>Columns and fields differ where several columns make one field, as four columns make the guardians of a child.
 */
public final class ImportKind {
    private final String key;
    private final List<Column> columns;
    private final List<String> fields;
    private final Map<String, Integer> fieldIndex = new HashMap<>();
    private final Set<String> required;
    private final List<List<String>> numbers;
    private final @Nullable PersonKey person;
    private final @Nullable String scope;
    private final RowFinisher finisher;
    private final Map<String, BinaryOperator<String>> merges;
    private final boolean onlyKnown;
    private final @Nullable String goneWhere;
    private final boolean keepsAll;
    private final Set<List<String>> fallbacks;

    private ImportKind(Builder built) {
        key = built.key;
        columns = List.copyOf(built.columns);
        fields = List.copyOf(built.fields);
        for (String field : fields) fieldIndex.put(field, fieldIndex.size());
        required = Set.copyOf(built.required);
        numbers = List.copyOf(built.numbers);
        person = built.person;
        scope = built.scope;
        finisher = built.finisher;
        merges = Map.copyOf(built.merges);
        onlyKnown = built.onlyKnown;
        goneWhere = built.goneWhere;
        keepsAll = built.keepsAll;
        fallbacks = Set.copyOf(built.fallbacks);
        for (List<String> number : numbers) number.forEach(this::index);
        required.forEach(this::index);
    }

    /** @param parser null when the finisher reads the raw cell itself */
    public record Column(String key, @Nullable CellParser parser) {}

    /**
     * How a person is recognised without a number.
     *
     * @param contact field holding adults of the person, for telling a corrected name from a twin; may be absent
     */
    public record PersonKey(String name, String group, String birthday, @Nullable String contact) {}

    /** Makes fields of what the columns gave: joins, derives, refuses what no single cell can show. */
    @FunctionalInterface
    public interface RowFinisher {
        void finish(RowDraft row, ImportContext context);
    }

    public static Builder named(String key) {
        return new Builder(key);
    }

    public String key() {
        return key;
    }

    public List<Column> columns() {
        return columns;
    }

    /** The header words that we write ourselves, in the order of the columns. */
    public List<String> headers() {
        HeaderWords words = new HeaderWords(this);
        return columns.stream().map(column -> words.word(column.key())).toList();
    }

    /** The columns that a table of what is known has: those that hold a field each. */
    public List<String> exported() {
        return columns.stream().map(Column::key).filter(fieldIndex::containsKey).toList();
    }

    /** The header word that we write ourselves for a column. */
    public String header(String column) {
        return new HeaderWords(this).word(column);
    }

    /** A value of a field as we write it into a cell; reading that cell gives the value again. */
    public String write(String field, String value) {
        if (value.isEmpty()) return "";
        for (Column column : columns)
            if (column.key().equals(field)) return column.parser() != null ? column.parser().write(value) : field.equals("class") ? ClassNames.written(value) : value;
        return value;
    }

    /** The same kind with another understanding of one column, where a school's own people and places decide. */
    public ImportKind reading(String column, CellParser parser) {
        Builder other = new Builder(this);
        other.columns.replaceAll(c -> c.key().equals(column) ? new Column(column, parser) : c);
        return other.build();
    }

    /** The same kind with something more to be made or refused when a row is whole. */
    public ImportKind finishing(RowFinisher more) {
        Builder other = new Builder(this);
        RowFinisher before = finisher;
        other.finisher = (row, context) -> {
            before.finish(row, context);
            more.finish(row, context);
        };
        return other.build();
    }

    /** The fields in the order of a row's values. */
    public List<String> fields() {
        return fields;
    }

    public Set<String> required() {
        return required;
    }

    /** Sets of fields each of which names a record for certain. */
    public List<List<String>> numbers() {
        return numbers;
    }

    /** Whether these fields name a record only in a row that no other number names. */
    boolean isFallback(List<String> number) {
        return fallbacks.contains(number);
    }

    public @Nullable PersonKey person() {
        return person;
    }

    /** The field that bounds a file: records in groups that the file doesn't mention are not gone. */
    public @Nullable String scope() {
        return scope;
    }

    /** Whether a row must speak of a record that is known already. */
    public boolean onlyKnown() {
        return onlyKnown;
    }

    /** A record is gone only where it holds something in this field; null where every record may be gone. */
    public @Nullable String goneWhere() {
        return goneWhere;
    }

    /** Whether nobody is gone for being absent from a file, so that nothing is asked about it. */
    public boolean keepsAll() {
        return keepsAll;
    }

    RowFinisher finisher() {
        return finisher;
    }

    public int index(String field) {
        Integer index = fieldIndex.get(field);
        if (index == null) throw new IllegalArgumentException(key + " has no field " + field);
        return index;
    }

    /** What a field holds after the file has spoken: its own word, what is known where it is silent, or both together. */
    public String merged(String field, String known, String said) {
        if (said.isEmpty()) return known;
        BinaryOperator<String> merge = merges.get(field);
        return merge == null ? said : merge.apply(known, said);
    }

    /** A whole record after the file has spoken. */
    public String[] merged(String[] known, String[] said) {
        String[] merged = new String[said.length];
        for (int i = 0; i < merged.length; i++) merged[i] = merged(fields.get(i), known[i], said[i]);
        return merged;
    }

    /** The values of a known record in the order of {@link #fields}; what the map lacks is blank. */
    public String[] values(Map<String, String> record) {
        String[] values = new String[fields.size()];
        for (int i = 0; i < values.length; i++) values[i] = record.getOrDefault(fields.get(i), "");
        return values;
    }

    public Map<String, String> record(String[] values) {
        Map<String, String> record = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) if (!values[i].isEmpty()) record.put(fields.get(i), values[i]);
        return record;
    }

    /** Builds a kind; a field is also a column unless it is derived. */
    public static final class Builder {
        private final String key;
        private final List<Column> columns = new ArrayList<>();
        private final List<String> fields = new ArrayList<>();
        private final List<String> required = new ArrayList<>();
        private final List<List<String>> numbers = new ArrayList<>();
        private @Nullable PersonKey person;
        private @Nullable String scope;
        private RowFinisher finisher = (row, context) -> {};
        private final Map<String, BinaryOperator<String>> merges = new HashMap<>();
        private boolean onlyKnown;
        private @Nullable String goneWhere;
        private boolean keepsAll;
        private final Set<List<String>> fallbacks = new HashSet<>();

        private Builder(String key) {
            this.key = key;
        }

        private Builder(ImportKind like) {
            this(like.key);
            columns.addAll(like.columns);
            fields.addAll(like.fields);
            required.addAll(like.required);
            numbers.addAll(like.numbers);
            person = like.person;
            scope = like.scope;
            finisher = like.finisher;
            merges.putAll(like.merges);
            onlyKnown = like.onlyKnown;
            goneWhere = like.goneWhere;
            keepsAll = like.keepsAll;
            fallbacks.addAll(like.fallbacks);
        }

        public Builder field(String field, CellParser parser) {
            columns.add(new Column(field, parser));
            fields.add(field);
            return this;
        }

        public Builder required(String field, CellParser parser) {
            required.add(field);
            return field(field, parser);
        }

        /** A column that only helps to make a field. */
        public Builder column(String column, CellParser parser) {
            columns.add(new Column(column, parser));
            return this;
        }

        /** A column whose cells the finisher reads itself. */
        public Builder raw(String column) {
            columns.add(new Column(column, null));
            return this;
        }

        /** A field that no column gives directly. */
        public Builder derived(String field) {
            fields.add(field);
            return this;
        }

        public Builder requiredDerived(String field) {
            required.add(field);
            return derived(field);
        }

        public Builder number(String... fieldsTogether) {
            numbers.add(List.of(fieldsTogether));
            return this;
        }

        /** Fields that name a record together where the row has none of the numbers before. */
        public Builder fallback(String... fieldsTogether) {
            fallbacks.add(List.of(fieldsTogether));
            return number(fieldsTogether);
        }

        public Builder person(String name, String group, String birthday, @Nullable String contact) {
            person = new PersonKey(name, group, birthday, contact);
            return this;
        }

        public Builder scope(String field) {
            scope = field;
            return this;
        }

        /** How known and said become one, where the file does not simply replace: lists that others add to as well. */
        public Builder merge(String field, BinaryOperator<String> knownAndSaid) {
            merges.put(field, knownAndSaid);
            return this;
        }

        /** A file of this kind adds facts to known people or things and never makes any. */
        public Builder onlyKnown(String goneWhereField) {
            onlyKnown = true;
            goneWhere = goneWhereField;
            return this;
        }

        /** The same, and absence from the file says nothing. */
        public Builder onlyKnown() {
            onlyKnown = true;
            keepsAll = true;
            return this;
        }

        public Builder finish(RowFinisher rowFinisher) {
            finisher = rowFinisher;
            return this;
        }

        public ImportKind build() {
            return new ImportKind(this);
        }
    }
}
