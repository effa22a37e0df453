package afterbell.term.programme.duties;

import afterbell.base.calendar.Term;
import afterbell.base.shared.Refusal;
import afterbell.term.programme.Problem;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A weekday's duties of all classes.
 *
 * @param days weekdays with slots
 * @param people words to choose from when typing
 * @param problems clashes that concern classes
 */
public record DutiesPage(
        @Nullable Term term, boolean edits, int day, List<Integer> days, List<Band> bands, List<String> people, List<Problem> problems, List<Integer> also, List<Refusal> refusals) {

    public record Band(String name, List<Slot> slots, List<Row> rows) {}

    public record Slot(UUID id, LocalTime from, LocalTime until) {}

    public record Row(UUID id, String name, List<Entry> entries) {}

    /**
     * @param field part of the field names
     * @param teacher as typed
     * @param merged class it joins, or empty
     * @param others classes it may join: value and name
     * @param used whether the plan has anything there
     */
    public record Entry(String field, String teacher, String merged, List<Other> others, boolean used) {
        public String mergedName() {
            return others.stream().filter(o -> o.id().equals(merged)).map(Other::name).findFirst().orElse("");
        }
    }

    public record Other(String id, String name) {}

    public int open() {
        return (int) bands.stream().flatMap(b -> b.rows().stream()).flatMap(r -> r.entries().stream()).filter(e -> e.used() && e.teacher().isEmpty() && e.merged().isEmpty()).count();
    }
}
