package afterbell.day.custody.registers;

import afterbell.day.custody.registers.AttendanceStore.ChildOn;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A class in a month: children down, days of service across. */
public record Grid(List<LocalDate> days, List<Line> lines) {

    /** A child's month. @param marks by day; a day on which the child was of no class of this grid is missing */
    public record Line(UUID pupil, String name, Map<LocalDate, Mark> marks) {
        public @Nullable Mark on(LocalDate day) {
            return marks.get(day);
        }

        public long count(Mark mark) {
            return marks.values().stream().filter(m -> m == mark).count();
        }
    }

    /** Without children who never stay: they fill no line of a class book. */
    static Grid of(List<ChildOn> rows) {
        Map<UUID, List<ChildOn>> byChild = rows.stream().collect(Collectors.groupingBy(ChildOn::pupil, LinkedHashMap::new, Collectors.toList()));
        List<Line> lines = byChild.values().stream()
                .filter(all -> all.stream().anyMatch(r -> r.mark() != Mark.NONE))
                .map(all -> new Line(all.getFirst().pupil(), all.getFirst().name(), all.stream().collect(Collectors.toMap(ChildOn::day, ChildOn::mark))))
                .toList();
        return new Grid(List.copyOf(new TreeSet<>(rows.stream().map(ChildOn::day).toList())), lines);
    }

    /** Of the children of a day, how many were there. */
    public long present(LocalDate day) {
        return lines.stream().filter(l -> l.on(day) == Mark.PRESENT).count();
    }

    /** Marks that are explained below the table; the empty one needs no word. */
    public List<Mark> legend() {
        return Arrays.stream(Mark.values()).filter(m -> m != Mark.NONE).toList();
    }

    /** Marks that are added up at the end of a line. */
    public static List<Mark> sums() {
        return List.of(Mark.PRESENT, Mark.LEAVE, Mark.AWAY, Mark.ABSENT);
    }
}
