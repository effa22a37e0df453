package afterbell.term.placement.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What a result is worth and whether it is lawful, from the text of the files alone: no class of the engine takes part. Fixed members and caps of a class are not among what it knows. */
record PlainCheck(List<String> unlawful, int nothing, int class1, int class2, int class3) {
    private static final int[] W = {0, 1, 3, 6, 10, 15, 21, 28, 36};

    int cost() {
        return class1 + class2 + class3;
    }

    static PlainCheck of(Path in, Path result) throws IOException {
        Map<String, Map<String, String>> courses = keyed(in.resolve("courses.csv"), "course");
        Map<String, Map<String, String>> pupils = keyed(in.resolve("pupils.csv"), "pupil");
        Map<String, Integer> rank = new HashMap<>();
        for (Map<String, String> row : rows(in.resolve("prefs.csv"))) {
            String[] ranks = at(row, "ranked").split(";");
            for (int r = 0; r < ranks.length; r++) for (String course : ranks[r].split("=")) rank.put(at(row, "pupil") + "/" + at(row, "slot") + "/" + course, r + 1);
        }
        List<String> unlawful = new ArrayList<>();
        Map<String, Set<String>> members = new TreeMap<>();
        Map<String, Set<String>> slotsOf = new TreeMap<>();
        Map<String, String> activities = new HashMap<>();
        Map<String, Integer> points = new HashMap<>();
        Map<String, Integer> filled = new HashMap<>();
        for (Map<String, String> row : rows(result.resolve("result.csv"))) {
            String pupil = at(row, "pupil");
            String course = at(row, "course");
            String where = pupil + "/" + at(row, "slot") + "/" + course;
            Integer wished = rank.get(where);
            if (wished == null || !at(row, "rank").equals("" + wished)) {
                unlawful.add(where + " is not so in the list");
                continue;
            }
            if (!slotsOf.computeIfAbsent(pupil + "/" + course, k -> new HashSet<>()).add(at(row, "slot"))) unlawful.add(where + " twice");
            members.computeIfAbsent(course, k -> new HashSet<>()).add(pupil);
            points.merge(pupil, W[Math.min(wished, 9) - 1], Integer::sum);
            filled.merge(pupil, 1, Integer::sum);
            String other = activities.putIfAbsent(pupil + "/" + at(Objects.requireNonNull(courses.get(course)), "activity"), course);
            if (other != null && !other.equals(course)) unlawful.add(where + " beside " + other);
        }
        members.forEach((course, all) -> {
            Map<String, String> c = Objects.requireNonNull(courses.get(course));
            if (all.size() > number(c, "capacity") || all.size() < number(c, "min_size")) unlawful.add(course + " with " + all.size());
            for (String pupil : all) {
                int grade = number(Objects.requireNonNull(pupils.get(pupil)), "grade");
                if (grade < number(c, "grade_lo") || grade > number(c, "grade_hi")) unlawful.add(pupil + " is too old or young for " + course);
            }
        });
        Set<String> busy = new HashSet<>();
        slotsOf.forEach((who, slots) -> {
            String[] pair = who.split("/");
            Set<String> whole = Set.of(at(Objects.requireNonNull(courses.get(pair[1])), "slots").split(";"));
            if (!slots.equals(whole) && !slots.equals(Set.of("*"))) unlawful.add(who + " in a part of it");
            for (String slot : whole) if (!busy.add(pair[0] + "/" + slot)) unlawful.add(who + " at two places in slot " + slot);
        });
        int[] classes = new int[4];
        int nothing = 0;
        for (Map<String, String> p : pupils.values()) {
            int wanted = number(p, "demand");
            int got = filled.getOrDefault(at(p, "pupil"), 0);
            if (got > wanted) unlawful.add(at(p, "pupil") + " has more than wanted");
            boolean none = wanted > 0 && got == 0;
            nothing += none ? 1 : 0;
            classes[number(p, "class")] += points.getOrDefault(at(p, "pupil"), 0) + 25 * (wanted - got) + (none ? 60 : 0);
        }
        return new PlainCheck(unlawful, nothing, classes[1], classes[2], classes[3]);
    }

    private static int number(Map<String, String> row, String column) {
        return Integer.parseInt(at(row, column));
    }

    private static String at(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static Map<String, Map<String, String>> keyed(Path file, String column) throws IOException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        for (Map<String, String> row : rows(file)) all.put(at(row, column), row);
        return all;
    }

    private static List<Map<String, String>> rows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] head = lines.getFirst().split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < head.length; i++) row.put(head[i], cells[i]);
            rows.add(row);
        }
        return rows;
    }
}
