package afterbell.base.calendar.engine;

import afterbell.Req;
import afterbell.base.calendar.HolidayYear;
import afterbell.base.calendar.Holidays;
import afterbell.base.shared.yaml.YamlProblem;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;


class HolidaysTest {
    private final Holidays holidays = CalendarFiles.holidays();

    /** Statutory workdays as the published arrangements give them. */
    @ParameterizedTest
    @Req("R115")
    @CsvSource({
        "2025-01, 19", "2025-02, 19", "2025-03, 21", "2025-04, 22", "2025-05, 19", "2025-06, 20", "2025-07, 23", "2025-08, 21", "2025-09, 23",
        "2025-10, 18", "2025-11, 20", "2025-12, 23", "2026-01, 21", "2026-02, 16", "2026-03, 22", "2026-04, 21", "2026-05, 19", "2026-06, 21",
        "2026-07, 23", "2026-08, 21", "2026-09, 22", "2026-10, 18", "2026-11, 21", "2026-12, 23"
    })
    void a_month_has_its_statutory_workdays(String month, int workdays) {
        assertThat(holidays.workdays(YearMonth.parse(month))).isEqualTo(workdays);
    }

    @Test
    void published_years_balance_days_off_and_days_worked() {
        for (HolidayYear year : CalendarFiles.years()) {
            if (!year.confirmed()) continue;
            long offWeekdays = year.off().stream()
                    .flatMap(o -> o.from().datesUntil(o.until().plusDays(1)))
                    .filter(d -> d.getDayOfWeek().getValue() < 6)
                    .count();
            // Since 2025 thirteen days are free by law; those on weekends are given back on weekdays, the rest is worked on other weekends.
            assertThat(offWeekdays - year.worked().size()).as("%d", year.year()).isEqualTo(13);
        }
    }

    @Test
    void what_is_not_published_is_marked() {
        assertThat(holidays.isConfirmed(2025)).isTrue();
        assertThat(holidays.isConfirmed(2026)).isTrue();
        assertThat(holidays.isConfirmed(2027)).isFalse();
        assertThat(holidays.isConfirmed(2040)).isFalse();
    }

    @Test
    void a_worked_sunday_takes_the_timetable_of_the_day_it_makes_up_for() {
        assertThat(holidays.worked(LocalDate.of(2026, 9, 20)).orElseThrow().follows().getDayOfWeek()).isEqualTo(DayOfWeek.TUESDAY);
        assertThat(holidays.isWorkday(LocalDate.of(2026, 9, 20))).isTrue();
        assertThat(holidays.isWorkday(LocalDate.of(2026, 9, 19))).isFalse();
        assertThat(holidays.isWorkday(LocalDate.of(2026, 10, 6))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "off: [{zh: a, en: a, from: 2028-10-05, until: 2028-10-01}] | calendar.ends-before-it-starts",
                "off: [{zh: a, en: a, from: 2028-10-01, until: 2028-12-01}] | calendar.holiday-too-long",
                "off: [{zh: a, en: a, from: 2026-10-01}] | calendar.other-year",
                "off: [{zh: a, en: a, from: 2028-10-01, until: 2028-10-03}, {zh: b, en: b, from: 2028-10-03}] | calendar.holidays-overlap",
                "worked: [{zh: a, en: a, day: 2028-09-29, follows: 2028-10-02}] | calendar.not-a-weekend",
                "worked: [{zh: a, en: a, day: 2028-10-07, follows: 2028-10-09}] | calendar.follows-no-day-off",
                "worked: [{zh: a, en: a, day: 2028-10-08}] | missing",
                "worked: [{zh: a, en: a, day: soon, follows: 2028-10-02}] | not-a-date",
            })
    void a_wrong_file_is_refused(String line, String code) {
        String off = line.startsWith("off") ? "" : "off: [{zh: a, en: a, from: 2028-10-01, until: 2028-10-05}]\n";
        List<YamlProblem> problems = new ArrayList<>();
        HolidayReader.read("h.yaml", "year: 2028\nconfirmed: true\nsource: {zh: a, en: a}\n" + off + line, problems);
        assertThat(problems).extracting(YamlProblem::code).contains(code);
        assertThat(problems).allMatch(p -> p.line() >= 4);
    }

    @Test
    void new_years_break_may_begin_in_december() {
        List<YamlProblem> problems = new ArrayList<>();
        HolidayYear year = HolidayReader.read(
                        "h.yaml", "year: 2024\nconfirmed: true\nsource: {zh: a, en: a}\noff: [{zh: a, en: a, from: 2023-12-30, until: 2024-01-01}]", problems)
                .orElseThrow();
        assertThat(new Holidays(List.of(year)).off(LocalDate.of(2023, 12, 31))).isPresent();
        assertThat(Stream.of(problems)).allMatch(List::isEmpty);
    }
}
