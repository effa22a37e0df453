package afterbell.term.placement.engine.check;

import afterbell.term.placement.engine.Section;
import java.util.List;

/** A section as one pupil listed it, by the rows it would fill. */
record Ask(Section section, List<Row> rows, int band, boolean continues) {
    /** @param unfilled what the row costs while it is empty */
    record Row(String slot, int rank, int unfilled) {}

    String course() {
        return section.course();
    }

    /** How much of the pupil's demand it fills. */
    int units() {
        return rows.size();
    }

    int best() {
        return rows.stream().mapToInt(Row::rank).min().orElse(0);
    }

    boolean standsInTheWayOf(Ask other) {
        return section.activity().equals(other.section.activity())
                || section.slots().stream().anyMatch(other.section.slots()::contains);
    }
}
