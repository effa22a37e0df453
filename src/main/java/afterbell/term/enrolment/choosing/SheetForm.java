package afterbell.term.enrolment.choosing;

import afterbell.base.shared.Ids;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sheet as typed. Fields: {@code part} yes or no, {@code d1} to {@code d7} the ordinal until which the child stays, {@code w} once per wish as
 * {@code slot.section} in order, {@code n} once per slot of noon care, {@code waiting}, {@code version}; {@code move} from a button without JavaScript; {@code then=done} to finish.
 *
 * @param part null where neither answer is tapped yet
 */
record SheetForm(@Nullable Boolean part, Map<Integer, Integer> until, Map<UUID, List<UUID>> wishes, Set<UUID> noon, Sheet.Waiting waiting, int version, boolean done) {
    /** More lines than any menu can give; what lies beyond is not read. */
    private static final int MOST_LINES = 400;

    static SheetForm of(Map<String, String[]> fields) {
        Map<Integer, Integer> until = new LinkedHashMap<>();
        for (int day = 1; day <= 7; day++) {
            String typed = first(fields, "d" + day);
            if (!typed.isEmpty()) until.put(day, number(typed, 99));
        }
        Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
        Stream.of(fields.getOrDefault("w", new String[0])).limit(MOST_LINES).forEach(w -> wish(w).ifPresent(pair -> wishes.computeIfAbsent(pair.slot(), s -> new ArrayList<>()).add(pair.section())));
        Set<UUID> noon = Stream.of(fields.getOrDefault("n", new String[0])).limit(MOST_LINES).flatMap(n -> Ids.parse(n).stream()).collect(Collectors.toSet());
        @Nullable Boolean part = switch (first(fields, "part")) {
            case "yes" -> true;
            case "no" -> false;
            default -> null;
        };
        Sheet.Waiting waiting = Arrays.stream(Sheet.Waiting.values()).filter(x -> x.name().toLowerCase(Locale.ROOT).equals(first(fields, "waiting"))).findFirst().orElse(Sheet.Waiting.ASK);
        SheetForm typed = new SheetForm(part, until, wishes, noon, waiting, number(first(fields, "version"), -1), first(fields, "then").equals("done"));
        return typed;
    }

    /** One line of the field {@code w}. */
    private record Wish(UUID slot, UUID section) {}

    private static Optional<Wish> wish(String typed) {
        String[] parts = typed.split("\\.", -1);
        if (parts.length != 2) return Optional.empty();
        return Ids.parse(parts[0]).flatMap(slot -> Ids.parse(parts[1]).map(section -> new Wish(slot, section)));
    }

    /** The form after a button that moves something: {@code add:SLOT.SECTION}, {@code up:}, {@code down:}, {@code out:}, {@code days:ORDINAL}. */
    SheetForm moved(String move, Menu menu) {
        int colon = move.indexOf(':');
        if (colon < 0) return this;
        String what = move.substring(0, colon);
        String which = move.substring(colon + 1);
        if (what.equals("days")) return days(number(which, 0), menu);
        return wish(which).map(w -> moved(what, w, menu)).orElse(this);
    }

    private SheetForm days(int ordinal, Menu menu) {
        Map<Integer, Integer> all = new LinkedHashMap<>();
        for (int day : menu.weekdays()) menu.on(day).stream().mapToInt(Menu.Slot::ordinal).filter(o -> o <= ordinal).max().ifPresent(o -> all.put(day, o));
        return new SheetForm(true, all, wishes, noon, waiting, version, false);
    }

    private SheetForm moved(String what, Wish wish, Menu menu) {
        Map<UUID, List<UUID>> lists = new LinkedHashMap<>();
        wishes.forEach((slot, list) -> lists.put(slot, new ArrayList<>(list)));
        List<UUID> slots = menu.section(wish.section()).map(Menu.Section::slots).orElse(List.of(wish.slot()));
        switch (what) {
            case "add" -> slots.forEach(slot -> {
                List<UUID> list = lists.computeIfAbsent(slot, s -> new ArrayList<>());
                if (!list.contains(wish.section())) list.add(wish.section());
            });
            case "out" -> lists.values().forEach(list -> list.remove(wish.section()));
            case "up" -> swap(lists.getOrDefault(wish.slot(), List.of()), wish.section(), -1);
            case "down" -> swap(lists.getOrDefault(wish.slot(), List.of()), wish.section(), 1);
            default -> {
                return this;
            }
        }
        return new SheetForm(part, until, lists, noon, waiting, version, false);
    }

    private static void swap(List<UUID> list, UUID section, int step) {
        int at = list.indexOf(section);
        int to = at + step;
        if (at < 0 || to < 0 || to >= list.size()) return;
        list.set(at, list.get(to));
        list.set(to, section);
    }

    Sheet sheet() {
        return new Sheet(Boolean.TRUE.equals(part), until, wishes, noon, waiting);
    }

    static SheetForm of(Sheet saved, int version) {
        return new SheetForm(saved.takesPart(), saved.until(), saved.wishes(), saved.noon(), saved.waiting(), version, false);
    }

    /** Nothing is answered yet; the days of the last answer stand ready for a yes. */
    static SheetForm proposed(Sheet before, int version) {
        return new SheetForm(null, before.until(), Map.of(), before.noon(), Sheet.Waiting.ASK, version, false);
    }

    private static String first(Map<String, String[]> fields, String name) {
        String[] all = fields.get(name);
        return all == null || all.length == 0 ? "" : all[0].strip();
    }

    private static int number(String typed, int otherwise) {
        return typed.length() <= 9 && !typed.isEmpty() && typed.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(typed) : otherwise;
    }
}
