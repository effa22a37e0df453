package afterbell.term.timetable.master;

import afterbell.base.audit.Audit;
import afterbell.base.calendar.Calendars;
import afterbell.base.calendar.Term;
import afterbell.base.roster.Roster;
import afterbell.base.roster.SchoolClass;
import afterbell.base.shared.NotFound;
import afterbell.base.shared.access.Wearer;
import afterbell.base.shared.sheet.SheetOut;
import afterbell.base.shared.web.Screen;
import afterbell.term.timetable.Place;
import afterbell.term.timetable.Timetables;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A row a child, columns Monday to Friday (own class or club, room, teacher, until when); then a tab per class and per club. */
@Component
class WriteMasterSheet {
    private final Timetables timetables;
    private final Calendars calendars;
    private final Roster roster;
    private final MessageSource messages;
    private final Audit audit;
    private final Clock clock;

    WriteMasterSheet(Timetables timetables, Calendars calendars, Roster roster, MessageSource messages, Audit audit, Clock clock) {
        this.timetables = timetables;
        this.calendars = calendars;
        this.roster = roster;
        this.messages = messages;
        this.audit = audit;
        this.clock = clock;
    }

    private record Child(String name, UUID schoolClass, Map<Integer, List<Place>> days) {}

    @Transactional
    public byte[] bytes(Wearer me, Locale locale) {
        UUID school = me.school();
        UUID term = calendars.termAt(school, LocalDate.ofInstant(clock.instant(), Screen.ZONE)).map(Term::id).orElseThrow(NotFound::new);
        Map<UUID, SchoolClass> classes = roster.classes(school).stream().collect(Collectors.toMap(SchoolClass::id, c -> c));
        Map<UUID, Child> children = new LinkedHashMap<>();
        TreeSet<Integer> weekdays = new TreeSet<>();
        for (Place p : timetables.ofSchool(school, term)) {
            weekdays.add(p.weekday());
            children.computeIfAbsent(p.pupil(), k -> new Child(p.name(), p.schoolClass(), new TreeMap<>())).days().computeIfAbsent(p.weekday(), d -> new ArrayList<>()).add(p);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (SheetOut book = new SheetOut(out)) {
            rows(book.tab(say("timetable.master", locale), columns(weekdays, locale)), children.values(), classes, weekdays, locale);
            Map<UUID, List<Child>> byClass = new LinkedHashMap<>();
            children.values().forEach(c -> byClass.computeIfAbsent(c.schoolClass(), k -> new ArrayList<>()).add(c));
            byClass.forEach((id, own) -> rows(book.tab(nameOf(classes.get(id)), columns(weekdays, locale)), own, classes, weekdays, locale));
            clubs(book, children, classes, locale);
        }
        audit.record(school, "timetable.master_exported", "term", term, Map.of("children", children.size()));
        return out.toByteArray();
    }

    private List<SheetOut.Column> columns(TreeSet<Integer> weekdays, Locale locale) {
        List<SheetOut.Column> all = new ArrayList<>(List.of(SheetOut.Column.text(say("timetable.master.class", locale), 14), SheetOut.Column.text(say("timetable.master.name", locale), 12)));
        weekdays.forEach(d -> all.add(SheetOut.Column.wrapped(say("shared.weekday." + d, locale), 26)));
        return all;
    }

    private void rows(SheetOut.Tab tab, Iterable<Child> children, Map<UUID, SchoolClass> classes, TreeSet<Integer> weekdays, Locale locale) {
        for (Child child : children) {
            @Nullable Object[] cells = new Object[2 + weekdays.size()];
            cells[0] = nameOf(classes.get(child.schoolClass()));
            cells[1] = child.name();
            int i = 2;
            for (int day : weekdays) cells[i++] = words(child.days().getOrDefault(day, List.of()), locale);
            tab.row(cells);
        }
    }

    private String words(List<Place> day, Locale locale) {
        List<Place> stays = day.stream().filter(Place::stays).toList();
        if (stays.isEmpty()) return "";
        String where = stays.stream()
                .map(p -> String.join(" ", p.kind().equals("club") ? p.what() : say("timetable.own", locale), p.room(), p.who()).strip().replaceAll(" +", " "))
                .distinct()
                .collect(Collectors.joining("; "));
        return where + " (" + messages.getMessage("timetable.until", new Object[] {stays.getLast().ends().toString()}, locale) + ")";
    }

    private void clubs(SheetOut book, Map<UUID, Child> children, Map<UUID, SchoolClass> classes, Locale locale) {
        Map<String, Map<UUID, Place>> clubs = new TreeMap<>();
        children.forEach((id, child) -> child.days().values().forEach(day -> day.stream().filter(p -> p.kind().equals("club")).forEach(p -> clubs.computeIfAbsent(p.code() + " " + p.what(), k -> new LinkedHashMap<>()).putIfAbsent(id, p))));
        clubs.forEach((name, members) -> {
            SheetOut.Tab tab = book.tab(
                    name,
                    List.of(
                            SheetOut.Column.text(say("timetable.master.class", locale), 14),
                            SheetOut.Column.text(say("timetable.master.name", locale), 12),
                            SheetOut.Column.text(say("timetable.master.room", locale), 16),
                            SheetOut.Column.text(say("timetable.master.teacher", locale), 18)));
            members.values().forEach(p -> tab.row(nameOf(classes.get(p.schoolClass())), p.name(), p.room(), p.who()));
        });
    }

    private static String nameOf(@Nullable SchoolClass schoolClass) {
        return schoolClass == null ? "" : schoolClass.name();
    }

    private String say(String key, Locale locale) {
        String words = messages.getMessage(key, null, key, locale);
        return words == null ? key : words;
    }
}
