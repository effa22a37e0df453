package afterbell.term.placement.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The folder of CSV files that is one instance; the format is in {@code docs/how/placement.md}. */
public final class InstanceFiles {
    /** What reading a folder ends in. */
    public sealed interface Reading {}

    public record Read(Instance instance) implements Reading {}

    /** At least one complaint; nothing of the folder is used. */
    public record Refused(List<Complaint> complaints) implements Reading {}

    private static final List<String> COURSES =
            List.of("course", "activity", "slots", "capacity", "min_size", "grade_lo", "grade_hi", "ends");
    private static final List<String> PUPILS =
            List.of("pupil", "grade", "class", "sibling_group", "lottery", "demand");
    private static final List<String> PREFS = List.of("pupil", "slot", "ranked");
    private static final int MOST_SLOTS = 49;
    private static final int MOST_SEATS = 100_000;

    private final Path folder;
    private final List<Complaint> complaints = new ArrayList<>();
    private final Map<String, List<Csv.Row>> rows = new HashMap<>();

    private InstanceFiles(Path folder) {
        this.folder = folder;
    }

    public static Reading read(Path folder) {
        return new InstanceFiles(folder).read();
    }

    private Reading read() {
        if (!Files.isDirectory(folder)) {
            return new Refused(List.of(new Complaint(folder.toString(), 0, "", "", "is not a folder",
                    "name the folder that holds courses.csv, pupils.csv and prefs.csv")));
        }
        List<Section> sections = new ArrayList<>();
        Csv courses = new Csv("courses.csv", complaints);
        for (Csv.Row row : table(courses, "courses.csv", COURSES, List.of("class_seats"), true)) {
            sections.add(section(courses, row));
        }
        List<Pupil> pupils = new ArrayList<>();
        Csv pupilTable = new Csv("pupils.csv", complaints);
        for (Csv.Row row :
                table(pupilTable, "pupils.csv", PUPILS, List.of("prev", "home", "limit", "shielded"), true)) {
            pupils.add(pupil(pupilTable, row));
        }
        List<Wish> wishes = new ArrayList<>();
        Csv prefs = new Csv("prefs.csv", complaints);
        for (Csv.Row row : table(prefs, "prefs.csv", PREFS, List.of("unfilled"), true)) {
            wishes.add(wish(prefs, row));
        }
        List<Band> bands = new ArrayList<>();
        Csv bandTable = new Csv("bands.csv", complaints);
        for (Csv.Row row : table(bandTable, "bands.csv", List.of("course", "pupil", "band"), List.of(), false)) {
            bands.add(new Band(bandTable.id(row, "course"), bandTable.id(row, "pupil"),
                    bandTable.number(row, "band", 0, 9)));
        }
        List<FixedSeat> fixed = new ArrayList<>();
        Csv fixedTable = new Csv("fixed.csv", complaints);
        for (Csv.Row row : table(fixedTable, "fixed.csv", List.of("course", "pupil"), List.of(), false)) {
            fixed.add(new FixedSeat(fixedTable.id(row, "course"), fixedTable.id(row, "pupil")));
        }
        if (complaints.isEmpty()) {
            complaints.addAll(new InstanceRules((file, row) -> Objects.requireNonNull(rows.get(file)).get(row).line())
                    .complaints(sections, pupils, wishes, bands, fixed));
        }
        return complaints.isEmpty()
                ? new Read(new Instance(sections, pupils, wishes, bands, fixed))
                : new Refused(List.copyOf(complaints));
    }

    private List<Csv.Row> table(
            Csv csv, String file, List<String> required, List<String> optional, boolean mustExist) {
        Path path = folder.resolve(file);
        List<Csv.Row> read = mustExist || Files.exists(path) ? csv.read(path, required, optional) : List.of();
        rows.put(file, read);
        return read;
    }

    private static Section section(Csv csv, Csv.Row row) {
        String seats = row.get("class_seats");
        return new Section(
                csv.id(row, "course"),
                csv.id(row, "activity"),
                slots(csv, row),
                csv.number(row, "capacity", 0, MOST_SEATS),
                csv.number(row, "min_size", 0, MOST_SEATS),
                csv.number(row, "grade_lo", 0, 15),
                csv.number(row, "grade_hi", 0, 15),
                csv.number(row, "ends", 0, 1),
                seats.isEmpty() ? null : csv.number(row, "class_seats", 0, MOST_SEATS));
    }

    private static List<Integer> slots(Csv csv, Csv.Row row) {
        List<Integer> slots = new ArrayList<>();
        for (String slot : row.get("slots").split(";", -1)) {
            if (isSlot(slot)) {
                slots.add(Integer.parseInt(slot));
            } else {
                csv.complain(row.line(), "slots", row.get("slots"), "is not a list of slots",
                        "write numbers from 0 to " + MOST_SLOTS + " with ; between them, 0 is Monday");
            }
        }
        return slots;
    }

    private static boolean isSlot(String slot) {
        return slot.matches("0|[1-9][0-9]?") && Integer.parseInt(slot) <= MOST_SLOTS;
    }

    private static Pupil pupil(Csv csv, Csv.Row row) {
        String limit = row.get("limit");
        String shielded = row.get("shielded");
        return new Pupil(
                csv.id(row, "pupil"),
                csv.number(row, "grade", 0, 15),
                csv.number(row, "class", 1, 3),
                row.get("sibling_group").isEmpty() ? null : csv.id(row, "sibling_group"),
                csv.number(row, "lottery", 0, 999_999_999),
                csv.number(row, "demand", 0, MOST_SLOTS + 1),
                row.get("prev").isEmpty() ? List.of() : List.of(row.get("prev").split(";")),
                row.get("home").isEmpty() ? null : csv.id(row, "home"),
                limit.isEmpty() ? null : csv.number(row, "limit", 0, MOST_SLOTS + 1),
                shielded.isEmpty() || csv.number(row, "shielded", 0, 1) == 1);
    }

    private static Wish wish(Csv csv, Csv.Row row) {
        String slot = row.get("slot");
        if (!slot.equals(Wish.WEEK) && !isSlot(slot)) {
            csv.complain(row.line(), "slot", slot, "is not a slot",
                    "write a number from 0 to " + MOST_SLOTS + ", or * for one list for the week");
            slot = "0";
        }
        List<List<String>> ranks = new ArrayList<>();
        for (String rank : row.get("ranked").isEmpty() ? new String[0] : row.get("ranked").split(";", -1)) {
            if (rank.equals("-")) {
                ranks.add(List.of());
                continue;
            }
            List<String> tied = List.of(rank.split("=", -1));
            for (String course : tied) {
                String flaw = Csv.idFlaw(course);
                if (!flaw.isEmpty()) {
                    csv.complain(row.line(), "ranked", row.get("ranked"), "holds a course that " + flaw,
                            "write ids with ; between ranks, = between equals and - for an empty rank");
                }
            }
            ranks.add(tied);
        }
        String unfilled = row.get("unfilled");
        return new Wish(csv.id(row, "pupil"), slot, ranks,
                unfilled.isEmpty() ? Wish.UNFILLED : csv.number(row, "unfilled", 0, Wish.UNFILLED));
    }

    /** Writes the instance in its canonical form: the bytes that {@link Digests#ofInput} hashes. */
    public static void write(Instance instance, Path folder) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, String> file : canonical(instance).entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    /** Text by file name, in a fixed order. Optional columns and files appear only where they say something. */
    public static Map<String, String> canonical(Instance instance) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("courses.csv", courses(instance.sections()));
        files.put("pupils.csv", pupils(instance.pupils()));
        files.put("prefs.csv", prefs(instance.wishes()));
        files.put("bands.csv", Csv.text(List.of("course", "pupil", "band"), instance.bands().stream()
                .map(band -> List.of(band.course(), band.pupil(), "" + band.band()))
                .toList()));
        if (!instance.fixed().isEmpty()) {
            files.put("fixed.csv", Csv.text(List.of("course", "pupil"), instance.fixed().stream()
                    .map(seat -> List.of(seat.course(), seat.pupil()))
                    .toList()));
        }
        return files;
    }

    private static String courses(List<Section> sections) {
        boolean classSeats = sections.stream().anyMatch(section -> section.classSeats() != null);
        List<List<String>> lines = new ArrayList<>();
        for (Section section : sections) {
            List<String> line = new ArrayList<>(List.of(
                    section.course(),
                    section.activity(),
                    section.slots().stream().map(String::valueOf).collect(Collectors.joining(";")),
                    "" + section.capacity(),
                    "" + section.minSize(),
                    "" + section.gradeLo(),
                    "" + section.gradeHi(),
                    "" + section.ends()));
            if (classSeats) {
                line.add(orEmpty(section.classSeats()));
            }
            lines.add(line);
        }
        return Csv.text(header(COURSES, classSeats, "class_seats"), lines);
    }

    private static String pupils(List<Pupil> pupils) {
        boolean prev = pupils.stream().anyMatch(pupil -> !pupil.previous().isEmpty());
        boolean home = pupils.stream().anyMatch(pupil -> pupil.home() != null);
        boolean limit = pupils.stream().anyMatch(pupil -> pupil.limit() != null);
        boolean shielded = pupils.stream().anyMatch(pupil -> !pupil.shielded());
        List<List<String>> lines = new ArrayList<>();
        for (Pupil pupil : pupils) {
            List<String> line = new ArrayList<>(List.of(
                    pupil.pupil(),
                    "" + pupil.grade(),
                    "" + pupil.priorityClass(),
                    orEmpty(pupil.siblingGroup()),
                    "" + pupil.lottery(),
                    "" + pupil.demand()));
            if (prev) {
                line.add(String.join(";", pupil.previous()));
            }
            if (home) {
                line.add(orEmpty(pupil.home()));
            }
            if (limit) {
                line.add(orEmpty(pupil.limit()));
            }
            if (shielded) {
                line.add(pupil.shielded() ? "1" : "0");
            }
            lines.add(line);
        }
        List<String> header = header(PUPILS, prev, "prev");
        header = header(header, home, "home");
        header = header(header, limit, "limit");
        return Csv.text(header(header, shielded, "shielded"), lines);
    }

    private static String prefs(List<Wish> wishes) {
        boolean unfilled = wishes.stream().anyMatch(wish -> wish.unfilled() != Wish.UNFILLED);
        List<List<String>> lines = new ArrayList<>();
        for (Wish wish : wishes) {
            List<String> line = new ArrayList<>(List.of(
                    wish.pupil(),
                    wish.slot(),
                    wish.ranks().stream()
                            .map(tied -> tied.isEmpty() ? "-" : String.join("=", tied))
                            .collect(Collectors.joining(";"))));
            if (unfilled) {
                line.add("" + wish.unfilled());
            }
            lines.add(line);
        }
        return Csv.text(header(PREFS, unfilled, "unfilled"), lines);
    }

    private static List<String> header(List<String> base, boolean more, String column) {
        List<String> header = new ArrayList<>(base);
        if (more) {
            header.add(column);
        }
        return header;
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
