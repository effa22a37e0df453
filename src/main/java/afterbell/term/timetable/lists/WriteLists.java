package afterbell.term.timetable.lists;

import afterbell.base.audit.Audit;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.term.timetable.Place;
import afterbell.term.timetable.Timetables;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lists as a workbook: a tab per section, which can be edited and read again, then a tab per class, which is for reading only. The headings of the
 * sections are those that the import knows, in every language.
 */
@Component
class WriteLists {
    private static final Locale READ_AGAIN = Locale.SIMPLIFIED_CHINESE;

    private final ListStore store;
    private final Timetables timetables;
    private final MessageSource messages;
    private final Audit audit;

    WriteLists(ListStore store, Timetables timetables, MessageSource messages, Audit audit) {
        this.store = store;
        this.timetables = timetables;
        this.messages = messages;
        this.audit = audit;
    }

    @Transactional
    public byte[] bytes(Wearer me, UUID term, Locale locale) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int children = 0;
        try (SheetOut book = new SheetOut(out)) {
            Map<String, List<ListStore.Row>> sections = store.rows(me.school(), term).stream().collect(Collectors.groupingBy(ListStore.Row::title, LinkedHashMap::new, Collectors.toList()));
            for (Map.Entry<String, List<ListStore.Row>> section : sections.entrySet()) children += section(book, section.getKey(), section.getValue());
            classes(book, timetables.ofSchool(me.school(), term), locale);
        }
        audit.record(me.school(), "timetable.lists_exported", "term", term, Map.of("seats", children));
        return out.toByteArray();
    }

    private int section(SheetOut book, String title, List<ListStore.Row> rows) {
        SheetOut.Tab tab = book.tab(
                title,
                List.of(
                        SheetOut.Column.text(say("timetable.lists.section", READ_AGAIN), 22),
                        SheetOut.Column.text(say("timetable.master.name", READ_AGAIN), 12),
                        SheetOut.Column.text(say("timetable.master.class", READ_AGAIN), 14)));
        int written = 0;
        for (ListStore.Row r : rows) {
            if (r.seat() == null) continue;
            tab.row(title, r.child(), r.className());
            written++;
        }
        return written;
    }

    private void classes(SheetOut book, List<Place> places, Locale locale) {
        Map<UUID, Map<UUID, List<Place>>> byClass = new LinkedHashMap<>();
        for (Place p : places) byClass.computeIfAbsent(p.schoolClass(), c -> new LinkedHashMap<>()).computeIfAbsent(p.pupil(), c -> new ArrayList<>()).add(p);
        TreeSet<Integer> weekdays = new TreeSet<>();
        places.forEach(p -> weekdays.add(p.weekday()));
        List<SheetOut.Column> columns = new ArrayList<>(List.of(SheetOut.Column.text(say("timetable.lists.child", locale), 12)));
        weekdays.forEach(d -> columns.add(SheetOut.Column.wrapped(say("shared.weekday." + d, locale), 22)));
        timetables.classNames(places).forEach((id, name) -> {
            SheetOut.Tab tab = book.tab(name, columns);
            byClass.getOrDefault(id, Map.of()).values().forEach(child -> {
                @Nullable Object[] cells = new Object[1 + weekdays.size()];
                cells[0] = child.getFirst().name();
                int i = 1;
                for (int day : weekdays) cells[i++] = child.stream().filter(p -> p.weekday() == day && p.stays()).map(p -> p.kind().equals("club") ? p.what() : say("timetable.own", locale)).distinct().collect(Collectors.joining("; "));
                tab.row(cells);
            });
        });
    }

    private String say(String key, Locale locale) {
        String words = messages.getMessage(key, null, key, locale);
        return words == null ? key : words;
    }
}
