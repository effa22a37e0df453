package afterbell.term.programme;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** How contents lie over the grades of a band. */
public final class CellPolicy {
    private CellPolicy() {}

    /** One content as it is typed. */
    public record Content(Cell.Form form, String text, Cell.Layer layer) {}

    /** What a grade finds in a slot, in order. */
    public static List<Content> of(Collection<Cell> cells, UUID slot, int grade) {
        return cells.stream()
                .filter(c -> c.slot().equals(slot) && c.gradeLo() <= grade && grade <= c.gradeHi())
                .sorted(Comparator.comparingInt(Cell::ordinal))
                .map(c -> new Content(c.form(), c.content(), c.layer()))
                .toList();
    }

    /**
     * The cells of one slot after new contents were written for some of its grades: those grades have the new contents, all others what they had. Grades
     * beside each other with equal contents share their cells.
     *
     * @param grades all grades of the band, rising
     */
    public static List<Cell> written(List<Cell> before, SlotTime slot, UUID term, List<Integer> grades, int from, int until, List<Content> contents, Supplier<UUID> ids) {
        SortedMap<Integer, List<Content>> of = new TreeMap<>();
        for (int grade : grades) of.put(grade, from <= grade && grade <= until ? contents : of(before, slot.id(), grade));
        List<Cell> after = new ArrayList<>();
        for (List<Integer> run : runs(of)) {
            int ordinal = 1;
            for (Content c : Objects.requireNonNull(of.get(run.getFirst())))
                after.add(new Cell(ids.get(), term, slot.band(), run.getFirst(), run.getLast(), slot.weekday(), slot.id(), ordinal++, c.form(), c.text(), c.layer()));
        }
        return after;
    }

    /** The grades of a band in groups that have the same contents in every slot, as a plan prints one table for each. */
    public static List<List<Integer>> groups(Collection<Cell> cells, Collection<SlotTime> slots, List<Integer> grades) {
        SortedMap<Integer, List<List<Content>>> of = new TreeMap<>();
        for (int grade : grades) of.put(grade, slots.stream().map(s -> of(cells, s.id(), grade)).toList());
        return runs(of);
    }

    // Neighbours with equal values, in rising order; a missing number between two grades ends a run.
    private static <T> List<List<Integer>> runs(SortedMap<Integer, T> values) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int grade : values.keySet()) {
            List<Integer> last = runs.isEmpty() ? List.of() : runs.getLast();
            if (!last.isEmpty() && last.getLast() == grade - 1 && Objects.equals(values.get(last.getFirst()), values.get(grade))) last.add(grade);
            else runs.add(new ArrayList<>(List.of(grade)));
        }
        return runs;
    }

    /** Grades of a slot that may choose there. */
    public static SortedSet<Integer> choosing(Collection<Cell> cells, UUID slot) {
        SortedSet<Integer> grades = new TreeSet<>();
        cells.stream().filter(c -> c.slot().equals(slot) && c.form() == Cell.Form.CHOICE).forEach(c -> {
            for (int g = c.gradeLo(); g <= c.gradeHi(); g++) grades.add(g);
        });
        return grades;
    }
}
