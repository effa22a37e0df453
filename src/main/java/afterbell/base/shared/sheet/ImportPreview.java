package afterbell.base.shared.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import would do, before anything is saved: a pure function of what is known, what the file says and what a person has
 * answered. Reading the same file again after applying it gives only {@link Same}; a corrected file gives only its corrections.
 *
 * <p>A blank cell never erases what is known. Nobody is deleted for being absent: {@code gone} is a list to decide about.
 *
 * @param entries one for each good row, in the order of the file
 * @param gone records in the file's scope that no row speaks of
 */
public record ImportPreview(ImportKind kind, List<Entry> entries, List<Known> gone, List<BadCell> bad, int badCount) {

    /** @param key the room's own key of the record, opaque here */
    public record Known(String key, String[] values) {}

    /** One field before and after. */
    public record Change(String field, String before, String after) {}

    /** By what a row found its record. */
    public enum By {
        /** A number that belongs to one person or thing only. */
        NUMBER,
        /** Name, class and birthday, each once on both sides. */
        PERSON,
        /** A person said so. */
        ANSWER
    }

    /** Why a row can't be matched by itself. */
    public enum Doubt {
        /** Several records bear this name in this class. */
        HOMONYM,
        /** One record of this name and class has another birthday. */
        OTHER_BIRTHDAY,
        /** One record of this name and birthday is in another class. */
        OTHER_CLASS,
        /** A record of this class and birthday, with the same adults, has another name and is not in the file: a corrected name, or a twin. */
        OTHER_NAME,
        /** Name, class and birthday agree and the number does not. */
        OTHER_NUMBER,
        /** The number belongs to a record with another name and birthday. */
        NUMBER_OF_ANOTHER
    }

    public sealed interface Entry {
        ParsedRow row();
    }

    public record New(ParsedRow row) implements Entry {}

    public record Changed(ParsedRow row, Known known, By by, List<Change> changes) implements Entry {}

    public record Same(ParsedRow row, Known known, By by) implements Entry {}

    /**
     * A person must say which record it is, or that it is a new one; until then the row is left out.
     *
     * @param suggested the likely answer, or null when none is likelier
     */
    public record Ask(ParsedRow row, Doubt doubt, List<Known> candidates, @Nullable Known suggested) implements Entry {}

    /** A person said to leave it out. */
    public record Skipped(ParsedRow row) implements Entry {}

    /** What a person answered for one row. */
    public sealed interface Answer {}

    public record Is(String key) implements Answer {}

    public record IsNew() implements Answer {}

    public record Skip() implements Answer {}

    public record RowAt(String tab, int row) {}

    /**
     * Compares a file with what is known.
     *
     * @param known every record of the kind in the school, also outside the scope of the file
     */
    public static ImportPreview of(ImportKind kind, List<Known> known, SheetImport read, Map<RowAt, Answer> answers) {
        return new Matcher(kind, known, read, answers).match();
    }

    public int countNew() {
        return count(New.class);
    }

    public int countChanged() {
        return count(Changed.class);
    }

    public int countSame() {
        return count(Same.class);
    }

    public int countAsked() {
        return count(Ask.class);
    }

    private int count(Class<? extends Entry> type) {
        int count = 0;
        for (Entry entry : entries) if (type.isInstance(entry)) count++;
        return count;
    }

    /** The fields in which a row says something else than the record; a blank says nothing. */
    static List<Change> changes(ImportKind kind, Known known, ParsedRow row) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < row.values().length; i++) {
            String before = known.values()[i];
            String after = kind.merged(kind.fields().get(i), before, row.values()[i]);
            if (!after.equals(before)) changes.add(new Change(kind.fields().get(i), before, after));
        }
        return changes;
    }
}
