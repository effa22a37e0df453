package afterbell.app.simulate;

import afterbell.app.simulate.LivedDay.Kid;
import afterbell.base.roster.Pupil;
import afterbell.base.roster.Roster;
import afterbell.base.shared.web.Offscreen;
import afterbell.base.shared.web.Screen;
import afterbell.day.custody.DayRegister;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether the registers of a day say what really happened on it: the rows that are printed, compared with where the children were. */
final class LivedRegisters {
    private static final String LAW = "registers say what happened";

    private final SimulatedSchool people;
    private final Tally tally;
    private final Screen words;
    private final Map<String, DayRegister> registers;
    private final Map<UUID, Pupil> pupils;

    LivedRegisters(SimulatedSchool people, Tally tally) {
        this.people = people;
        this.tally = tally;
        words = people.house.bean(Offscreen.class).screen(Locale.SIMPLIFIED_CHINESE, "");
        registers = people.house.all(DayRegister.class).stream().collect(Collectors.toMap(DayRegister::code, r -> r));
        pupils = people.house.in(people.school, () -> people.house.bean(Roster.class).pupils(people.school)).stream().collect(Collectors.toMap(Pupil::id, p -> p));
    }

    /** @param troubled children of whom something was planted: what is to be said of them, their trouble says */
    void compare(LocalDate day, Collection<Kid> kids, Set<UUID> troubled) {
        attendance(rows("attendance", day), kids, troubled);
        handOvers(rows("hand-overs", day), kids, troubled);
        rolls(rows("rolls", day));
    }

    private List<List<String>> rows(String register, LocalDate day) {
        DayRegister asked = Objects.requireNonNull(registers.get(register));
        return people.house.in(people.school, () -> asked.rows(new DayRegister.Span(people.school, day, day, null), words));
    }

    /** Day, class, child, mark, came, keeper, went, how. Namesakes of one class are left out: a printed line does not tell them apart. */
    private void attendance(List<List<String>> rows, Collection<Kid> kids, Set<UUID> troubled) {
        Map<String, List<List<String>>> lines = rows.stream().collect(Collectors.groupingBy(r -> r.get(1) + " " + r.get(2)));
        Map<String, Long> namesakes = kids.stream().collect(Collectors.groupingBy(this::line, Collectors.counting()));
        for (Kid k : kids) {
            List<List<String>> mine = lines.getOrDefault(line(k), List.of());
            if (mine.isEmpty()) tally.broken(LAW, "attendance has no line for " + k.id());
            if (mine.size() != 1 || Objects.requireNonNull(namesakes.get(line(k))) != 1 || troubled.contains(k.id())) continue;
            List<String> said = mine.getFirst();
            tally.lines++;
            String mark = words.t("custody.mark." + (k.away ? "away" : k.leave ? "leave" : "present") + ".word");
            if (!said.get(3).equals(mark)) tally.broken(LAW, "attendance marks " + k.id() + " as " + said.get(3) + ", it was " + mark);
            if (k.gone == said.get(6).isEmpty()) tally.broken(LAW, "attendance does not say that " + k.id() + " left");
        }
    }

    /** Day, class, teacher, at, staying, handed over, away, missing, received. */
    private void handOvers(List<List<String>> rows, Collection<Kid> kids, Set<UUID> troubled) {
        Map<String, List<Kid>> classes = kids.stream().collect(Collectors.groupingBy(k -> pupil(k).className()));
        if (rows.size() != classes.size()) tally.broken(LAW, rows.size() + " hand-overs of " + classes.size() + " classes");
        for (List<String> row : rows) {
            List<Kid> mine = classes.getOrDefault(row.get(1), List.of());
            sum(row, 4, "stay", mine, k -> true);
            if (mine.stream().anyMatch(k -> troubled.contains(k.id()))) continue;
            tally.lines++;
            sum(row, 5, "were handed over", mine, k -> !k.away && !k.leave);
            sum(row, 6, "were away", mine, k -> k.away || k.leave);
            sum(row, 7, "were missing", mine, k -> false);
            sum(row, 8, "were received", mine, k -> !k.away && !k.leave);
        }
    }

    private void sum(List<String> row, int column, String what, List<Kid> kids, Predicate<Kid> really) {
        long were = kids.stream().filter(really).count();
        if (!row.get(column).equals(Long.toString(were))) tally.broken(LAW, "of " + row.get(1) + " " + row.get(column) + " " + what + ", there were " + were);
    }

    /** Expected, there, on leave, missing: nobody is counted twice. */
    private void rolls(List<List<String>> rows) {
        for (List<String> row : rows) {
            int[] n = row.subList(7, 11).stream().mapToInt(Integer::parseInt).toArray();
            if (n[2] + n[3] > n[0]) tally.broken(LAW, "a roll of " + n[0] + " has " + n[2] + " away and " + n[3] + " missing");
        }
    }

    private String line(Kid k) {
        return pupil(k).className() + " " + pupil(k).name();
    }

    private Pupil pupil(Kid k) {
        return Objects.requireNonNull(pupils.get(k.id()));
    }
}
