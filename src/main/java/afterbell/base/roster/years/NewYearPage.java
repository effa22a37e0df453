package afterbell.base.roster.years;

import afterbell.base.shared.Refusal;
import java.time.LocalDate;
import java.util.List;

/**
 * What the turn of the year would do.
 *
 * @param from the running school year, by the calendar year in which it began; 0 where there are no classes
 * @param possibleFrom first day on which it may be done
 */
public record NewYearPage(int from, LocalDate possibleFrom, boolean possible, List<Row> rows, List<? extends Refusal> refusals) {

    /** @param to name of the class in the new year, or empty where its children leave */
    public record Row(String name, String to, int pupils, String teacher) {}

    public int moving() {
        return rows.stream().filter(r -> !r.to().isEmpty()).mapToInt(Row::pupils).sum();
    }

    public int leaving() {
        return rows.stream().filter(r -> r.to().isEmpty()).mapToInt(Row::pupils).sum();
    }

    public long classes() {
        return rows.stream().filter(r -> !r.to().isEmpty()).count();
    }
}
