package afterbell.app.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Registers of the last lived month as a school's office prints them, so that somebody can look at them. */
final class Printing {
    private static final List<String> OF_THE_SCHOOL = List.of("rolls", "hand-overs", "leave", "late", "clearing");
    private static final List<String> OF_SAFETY = List.of("visits", "passes", "patrol", "care", "hazards", "rounds", "incidents", "drills");

    private static final int HALF = 15;

    private final SimulatedSchool people;

    Printing(SimulatedSchool people) {
        this.people = people;
    }

    /** Of the month before where the last one has hardly begun. */
    void into(Path folder, LocalDate lived) throws IOException {
        Files.createDirectories(folder);
        LocalDate last = lived.getDayOfMonth() < HALF && lived.minusMonths(1).isAfter(people.term.dates().first()) ? lived.withDayOfMonth(1).minusDays(1) : lived;
        UUID first = people.classes.getFirst().id();
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("attendance", "/afternoon/registers/attendance.pdf?span=month&class=" + first + "&day=" + last);
        for (String register : OF_THE_SCHOOL) pages.put(register, "/afternoon/registers/" + register + ".pdf?span=" + (register.equals("rolls") || register.equals("hand-overs") ? "day" : "month") + "&day=" + last);
        for (String register : OF_SAFETY) pages.put(register, "/safety/registers/" + register + ".pdf?from=" + last.withDayOfMonth(1) + "&until=" + last);
        for (Map.Entry<String, String> page : pages.entrySet()) Files.write(folder.resolve(page.getKey() + ".pdf"), people.house.file(people.office.account(), page.getValue()));
    }
}
