package afterbell.term.programme.grid;

import afterbell.base.calendar.Term;
import afterbell.term.programme.Cell;
import afterbell.term.programme.CellPolicy;
import afterbell.term.programme.CellPolicy.Content;
import afterbell.term.programme.Plans;
import afterbell.term.programme.Plans.Bells;
import afterbell.term.programme.ProgrammeStore;
import afterbell.term.programme.SlotTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lays the cells of a term out as tables. */
@Component
class GridReader {
    private final Plans plans;
    private final ProgrammeStore store;

    GridReader(Plans plans, ProgrammeStore store) {
        this.plans = plans;
        this.store = store;
    }

    @Transactional(readOnly = true)
    public GridPage page(UUID school, @Nullable UUID asked, boolean edits) {
        @Nullable Term term = plans.term(school, asked).orElse(null);
        if (term == null) return new GridPage(null, edits, null, true, List.of());
        Bells bells = plans.bells(school, term.id());
        List<Cell> cells = store.cells(school, term.id());
        return new GridPage(term, edits, store.publishedAt(school, term.id()).orElse(null), cells.isEmpty(), tables(bells, cells));
    }

    static List<GridPage.Table> tables(Bells bells, List<Cell> cells) {
        List<GridPage.Table> tables = new ArrayList<>();
        for (Map.Entry<String, String> band : bells.names().entrySet()) {
            List<SlotTime> slots = bells.slots().stream().filter(s -> s.band().equals(band.getKey())).toList();
            if (slots.isEmpty()) continue;
            for (List<Integer> group : CellPolicy.groups(cells, slots, bells.grades(band.getKey())))
                tables.add(table(group, band.getValue(), slots, cells));
        }
        tables.sort(Comparator.comparingInt(GridPage.Table::gradeFrom));
        return tables;
    }

    private static GridPage.Table table(List<Integer> grades, String name, List<SlotTime> slots, List<Cell> cells) {
        SortedSet<Integer> weekdays = new TreeSet<>(List.of(1, 2, 3, 4, 5));
        slots.forEach(s -> weekdays.add(s.weekday()));
        if (weekdays.contains(7)) weekdays.add(6);
        Map<String, List<SlotTime>> byCode = slots.stream().sorted(Comparator.comparing(SlotTime::from)).collect(Collectors.groupingBy(SlotTime::code, LinkedHashMap::new, Collectors.toList()));
        List<GridPage.Row> rows = byCode.values().stream().map(same -> row(grades.getFirst(), same, List.copyOf(weekdays), cells)).toList();
        return new GridPage.Table(grades.getFirst(), grades.getLast(), name, List.copyOf(weekdays), rows);
    }

    private static GridPage.Row row(int grade, List<SlotTime> same, List<Integer> weekdays, List<Cell> cells) {
        SlotTime usual = usual(same);
        List<GridPage.Span> spans = new ArrayList<>();
        for (int day : weekdays) {
            @Nullable SlotTime slot = same.stream().filter(s -> s.weekday() == day).findFirst().orElse(null);
            LocalTime from = slot == null ? usual.from() : slot.from();
            LocalTime until = slot == null ? usual.until() : slot.until();
            List<Content> contents = slot == null ? List.of() : CellPolicy.of(cells, slot.id(), grade);
            boolean other = !from.equals(usual.from()) || !until.equals(usual.until());
            GridPage.@Nullable Span last = spans.isEmpty() ? null : spans.getLast();
            boolean joins = last != null && (last.slot() == null) == (slot == null) && last.contents().equals(contents) && last.from().equals(from) && last.until().equals(until);
            if (joins) spans.set(spans.size() - 1, new GridPage.Span(Objects.requireNonNull(last).fromDay(), day, last.slot(), from, until, other, contents));
            else spans.add(new GridPage.Span(day, day, slot == null ? null : slot.id(), from, until, other, contents));
        }
        return new GridPage.Row(usual.from(), usual.until(), usual.serviceClass(), usual.period(), spans);
    }

    // The hours that most days of the row keep.
    private static SlotTime usual(List<SlotTime> same) {
        return same.stream().max(Comparator.comparingLong(s -> same.stream().filter(o -> o.from().equals(s.from()) && o.until().equals(s.until())).count())).orElseThrow();
    }
}
