package afterbell.base.calendar.engine;

import afterbell.Req;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.SchoolDays;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.TermDates;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.yaml.YamlProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;


/** The bells of the source plans, from their files: ends, bands and waves. */
class SourcePlanBellsTest {

    static BellGrid plan(String id) {
        List<YamlProblem> problems = new ArrayList<>();
        try {
            BellGrid grid = BellReader.read(id, Files.readString(Path.of("src/test/resources/bells", id + ".yaml")), problems).orElse(null);
            assertThat(problems).isEmpty();
            return grid;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A dash means that the band has no bells that day. */
    @ParameterizedTest(name = "{0} grade {1} {2} ends {3}, wave {4}")
    @Req({"R17", "R20", "R21", "R22", "R23"})
    @CsvSource({
        "000,   7, MONDAY,   20:00, 20:00",
        "000,   8, FRIDAY,   20:00, 20:00",
        "000,   9, MONDAY,   20:10, 20:10",
        "000,   9, SATURDAY, -,     -",
        "001,   1, MONDAY,   17:00, 17:00",
        "001,   2, FRIDAY,   17:00, 17:00",
        "001,   3, MONDAY,   17:20, 17:20",
        "001,   4, TUESDAY,  17:20, 17:20",
        "001,   5, MONDAY,   17:30, 17:30",
        "001,   6, FRIDAY,   17:30, 17:30",
        "002.1, 7, MONDAY,   20:10, 20:10",
        "002.1, 8, MONDAY,   20:20, 20:20",
        "002.1, 9, THURSDAY, 20:30, 20:30",
        "002.1, 9, FRIDAY,   -,     -",
        "002.1, 9, SATURDAY, 17:00, 17:00",
        "002.2, 1, MONDAY,   19:00, -",
        "002.2, 9, FRIDAY,   19:00, -",
        "002.3, 7, MONDAY,   17:40, -",
        "002.4, 8, MONDAY,   20:30, -",
        "002.5, 7, MONDAY,   20:00, -",
        "002.6, 4, MONDAY,   18:00, 18:00",
        "002.7, 7, FRIDAY,   18:00, -",
        "002.7, 9, THURSDAY, 20:30, -",
        "002.7, 9, FRIDAY,   -,     -",
        "002.7, 9, SATURDAY, 16:30, -",
        "002.8, 7, THURSDAY, 20:30, -",
        "002.8, 8, FRIDAY,   -,     -",
        "002.8, 9, SATURDAY, 16:30, -",
    })
    void a_grade_ends_and_leaves_as_its_plan_says(String plan, int grade, DayOfWeek day, String ends, String wave) {
        BellGrid grid = plan(plan);
        String band = grid.bandOf(grade).orElseThrow().code();
        String last = grid.lastBell(band, day).map(LocalTime::toString).orElse("-");
        assertThat(last).isEqualTo(ends);
        if (!last.equals("-"))
            assertThat(grid.goingHome(band, day, List.of(LocalTime.parse(last))).orElseThrow().wave().map(w -> w.at().toString()).orElse("-"))
                    .isEqualTo(wave);
    }

    @Test
    @Req("R22")
    void plan_000_has_four_rows_in_each_of_its_fifteen_columns() {
        BellGrid grid = plan("000");
        for (String band : List.of("g7", "g8", "g9"))
            for (int day = 1; day <= 5; day++)
                assertThat(grid.slots(band, DayOfWeek.of(day)))
                        .extracting(s -> s.time().toString())
                        .containsExactly("17:00–18:00", "18:00–18:30", "18:30–19:15", band.equals("g9") ? "19:15–20:10" : "19:15–20:00");
    }

    @Test
    @Req("R28")
    void a_child_leaves_with_the_end_of_its_last_session() {
        BellGrid grid = plan("000");
        assertThat(grid.goingHome("g9", DayOfWeek.MONDAY, List.of(LocalTime.of(18, 0))).orElseThrow().leaves()).isEqualTo(LocalTime.of(18, 0));
        assertThat(grid.goingHome("g9", DayOfWeek.MONDAY, List.of(LocalTime.of(18, 0), LocalTime.of(19, 15))).orElseThrow().leaves())
                .isEqualTo(LocalTime.of(20, 10));
        assertThat(grid.goingHome("g9", DayOfWeek.MONDAY, List.of())).isEmpty();
    }

    @Test
    @Req("R23")
    void plan_002_5_keeps_other_hours_in_winter() {
        BellGrid grid = plan("002.5");
        Holidays holidays = CalendarFiles.holidays();
        SchoolDays days = new SchoolDays(new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)), holidays, java.util.Map.of(), List.of());
        assertThat(grid.slots("all", days.on(LocalDate.of(2026, 9, 14)).orElseThrow(), List.of()))
                .extracting(s -> s.time().until())
                .containsExactly(LocalTime.of(14, 0), LocalTime.of(20, 0));
        assertThat(grid.slots("all", days.on(LocalDate.of(2026, 11, 16)).orElseThrow(), List.of()))
                .extracting(s -> s.time().until())
                .containsExactly(LocalTime.of(13, 30), LocalTime.of(19, 30));
    }

    @Test
    @Req("R18")
    void saturday_bells_ring_on_free_saturdays_and_not_on_worked_ones() {
        BellGrid grid = plan("002.8");
        SchoolDays days =
                new SchoolDays(new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)), CalendarFiles.holidays(), java.util.Map.of(), List.of());
        assertThat(grid.slots("g9", days.on(LocalDate.of(2026, 9, 12)).orElseThrow(), List.of())).extracting(Slot::service).containsExactly(ServiceClass.WEEKEND_CARE);
        // 10 October 2026, a Saturday, is worked for Wednesday 7 October and takes Wednesday's bells.
        assertThat(grid.slots("g9", days.on(LocalDate.of(2026, 10, 10)).orElseThrow(), List.of())).extracting(Slot::code).containsExactly("E1");
        // A holiday rings nothing.
        assertThat(grid.slots("g9", days.on(LocalDate.of(2026, 10, 3)).orElseThrow(), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "001", "002.1", "002.2", "002.3", "002.4", "002.5", "002.6", "002.7", "002.8"})
    void no_plan_has_two_bells_at_one_minute(String id) {
        BellGrid grid = plan(id);
        assertThat(BellGrid.firstClash(grid.slots())).isEmpty();
    }
}
