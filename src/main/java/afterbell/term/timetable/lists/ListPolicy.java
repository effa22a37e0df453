package afterbell.term.timetable.lists;

import afterbell.base.shared.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the seats would refuse of an edited list, seen over all rows together before anything is saved: another grade, a club that does not run, two clubs at
 * one time, two of one activity. A full section is no reason: the office widens it by writing a name into it. Pure.
 */
final class ListPolicy {
    /** More than these are mended one by one anyway. */
    private static final int MOST = 20;

    private ListPolicy() {}

    /** @param slots by band the slots in which it meets */
    record Section(UUID id, String title, String activity, int gradeLo, int gradeHi, boolean running, Map<String, Set<UUID>> slots) {}

    /**
     * A child with what the file says of it.
     *
     * @param fresh sections that it has not yet
     * @param kept sections that it keeps
     */
    record Row(String child, int grade, String band, List<Section> fresh, List<Section> kept) {}

    static List<Refusal> refusals(List<Row> rows) {
        List<Refusal> all = new ArrayList<>();
        for (Row row : rows) {
            List<Section> beside = new ArrayList<>(row.kept());
            for (Section wanted : row.fresh()) {
                if (all.size() >= MOST) return all;
                if (row.grade() < wanted.gradeLo() || row.grade() > wanted.gradeHi()) all.add(said("grade", row.child(), wanted.title(), wanted.gradeLo(), wanted.gradeHi()));
                else if (!wanted.running()) all.add(said("not_running", row.child(), wanted.title()));
                else
                    beside.stream()
                            .filter(other -> other.activity().equals(wanted.activity()) || !Collections.disjoint(slots(other, row), slots(wanted, row)))
                            .findFirst()
                            .ifPresent(other -> all.add(said(other.activity().equals(wanted.activity()) ? "activity" : "clash", row.child(), wanted.title(), other.title())));
                beside.add(wanted);
            }
        }
        return all;
    }

    private static Set<UUID> slots(Section section, Row row) {
        return section.slots().getOrDefault(row.band(), Set.of());
    }

    private static Refusal said(String key, Object... facts) {
        return new Refusal.Simple("timetable.lists.refused." + key, "", List.of(facts));
    }
}
