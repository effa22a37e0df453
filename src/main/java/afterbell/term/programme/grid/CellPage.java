package afterbell.term.programme.grid;

import afterbell.base.shared.Refusal;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;

/**
 * The contents of a slot to be written.
 *
 * @param slot the slot that was clicked; {@code days} lists all weekdays of its row
 * @param picked weekdays that get the contents
 * @param rows contents as typed, with empty ones to fill
 */
public record CellPage(
        UUID term, UUID slot, LocalTime from, LocalTime until, List<Integer> grades, int gradeFrom, int gradeUntil, List<Integer> days, List<Integer> picked, List<Typed> rows, List<Refusal> refusals) {

    public record Typed(String text, String form, String layer) {}
}
