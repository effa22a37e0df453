package afterbell.term.enrolment.answering;

import afterbell.base.shared.Ids;
import afterbell.term.enrolment.Menu;
import afterbell.term.enrolment.Sheet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The grid as typed. Fields of a child: {@code v-ID} version, {@code w-ID} the whole week, {@code d-ID-WEEKDAY} one day, {@code x-ID-RANK} a wished
 * section, {@code n-ID} {@code all} for every noon.
 */
record EntryForm(Map<UUID, Line> lines) {

    /** @param whole empty, {@code no} or an ordinal */
    record Line(int version, String whole, Map<Integer, String> days, List<UUID> wishes, String noon) {

        boolean blank() {
            return whole.isEmpty() && noon.isEmpty() && wishes.isEmpty() && days.values().stream().allMatch(String::isEmpty);
        }

        /** The line with the wishes that the grid has no room for behind those that it shows; none where the shown ones are cleared. */
        Line keeping(List<UUID> known) {
            if (wishes.isEmpty()) return this;
            List<UUID> all = new ArrayList<>(wishes);
            known.stream().skip(ClassPage.WISHES).filter(w -> !all.contains(w)).forEach(all::add);
            return new Line(version, whole, days, all, noon);
        }

        /** What the line means: a day that is typed wins over the whole week. */
        Sheet sheet(Menu menu) {
            boolean staysAtNoon = noon.equals("all");
            if (!staysAtNoon && whole.equals("no") && days.values().stream().allMatch(d -> d.isEmpty() || d.equals("0"))) return Sheet.NO;
            Map<Integer, Integer> until = new LinkedHashMap<>();
            for (int day : menu.weekdays()) {
                String typed = days.getOrDefault(day, "");
                int ordinal = typed.isEmpty() ? number(whole) : number(typed);
                menu.on(day).stream().mapToInt(Menu.Slot::ordinal).filter(o -> o <= ordinal).max().ifPresent(o -> until.put(day, o));
            }
            Set<UUID> atNoon = staysAtNoon ? menu.noon().stream().map(Menu.Slot::id).collect(Collectors.toSet()) : Set.of();
            if (until.isEmpty() && atNoon.isEmpty()) return Sheet.NO;
            Map<UUID, List<UUID>> lists = new LinkedHashMap<>();
            for (UUID section : wishes)
                menu.section(section).ifPresent(s -> s.slots().forEach(slot -> lists.computeIfAbsent(slot, x -> new ArrayList<>()).add(section)));
            return new Sheet(true, until, lists, atNoon, Sheet.Waiting.ASK);
        }
    }

    static EntryForm of(Map<String, String[]> fields) {
        Map<UUID, Line> lines = new LinkedHashMap<>();
        fields.forEach((name, values) -> {
            if (!name.startsWith("v-") || values.length == 0) return;
            Optional<UUID> pupil = Ids.parse(name.substring(2));
            if (pupil.isEmpty()) return;
            Map<Integer, String> days = new LinkedHashMap<>();
            for (int day = 1; day <= 7; day++) days.put(day, first(fields, "d-" + pupil.get() + "-" + day));
            List<UUID> wishes = new ArrayList<>();
            for (int rank = 1; rank <= ClassPage.WISHES; rank++)
                Stream.of(fields.getOrDefault("x-" + pupil.get() + "-" + rank, new String[0])).limit(1).flatMap(w -> Ids.parse(w).stream()).filter(w -> !wishes.contains(w)).forEach(wishes::add);
            String noon = Stream.of(fields.getOrDefault("n-" + pupil.get(), new String[0])).findFirst().orElse("").equals("all") ? "all" : "";
            lines.put(pupil.get(), new Line(number(values[0]), first(fields, "w-" + pupil.get()), days, wishes, noon));
        });
        return new EntryForm(lines);
    }

    List<UUID> typed() {
        List<UUID> all = new ArrayList<>();
        lines.forEach((pupil, line) -> {
            if (!line.blank()) all.add(pupil);
        });
        return all;
    }

    private static String first(Map<String, String[]> fields, String name) {
        String[] all = fields.get(name);
        String typed = all == null || all.length == 0 ? "" : all[0].strip();
        return typed.equals("no") || typed.length() == 1 && Character.isDigit(typed.charAt(0)) ? typed : "";
    }

    private static int number(String typed) {
        return !typed.isEmpty() && typed.length() <= 6 && typed.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(typed) : 0;
    }
}
