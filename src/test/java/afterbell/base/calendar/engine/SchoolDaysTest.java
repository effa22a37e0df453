package afterbell.base.calendar.engine;

import afterbell.Req;
import afterbell.base.calendar.BellGrid;
import afterbell.base.calendar.Closure;
import afterbell.base.calendar.DayKind;
import afterbell.base.calendar.Holidays;
import afterbell.base.calendar.Meeting;
import afterbell.base.calendar.Preparation;
import afterbell.base.calendar.SchoolDay;
import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.SchoolDays;
import afterbell.base.calendar.Slot;
import afterbell.base.calendar.SlotKind;
import afterbell.base.calendar.TermDates;
import afterbell.base.calendar.TimeSpan;
import afterbell.base.rules.ServiceClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import static org.assertj.core.api.Assertions.assertThat;


class SchoolDaysTest {
    private static final TermDates AUTUMN = new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22));
    private final Holidays holidays = CalendarFiles.holidays();

    @ParameterizedTest
    @Req("R24")
    @CsvSource({"2021-09-01, 2021-09-06", "2022-09-01, 2022-09-05", "2026-09-01, 2026-09-07", "2026-03-02, 2026-03-09", "2026-02-28, 2026-03-02"})
    void week_two_starts_on_the_monday_after_the_week_of_the_first_lesson(LocalDate first, LocalDate monday) {
        assertThat(new TermDates(first, first.plusDays(130)).mondayOfWeek(2)).isEqualTo(monday);
    }

    @Test
    void weeks_count_from_monday_and_go_below_one_before_the_term() {
        assertThat(AUTUMN.week(LocalDate.of(2026, 9, 6))).isEqualTo(1);
        assertThat(AUTUMN.week(LocalDate.of(2026, 9, 7))).isEqualTo(2);
        assertThat(AUTUMN.week(LocalDate.of(2026, 8, 31))).isEqualTo(1);
        assertThat(AUTUMN.week(LocalDate.of(2026, 8, 30))).isZero();
        assertThat(AUTUMN.week(LocalDate.of(2026, 8, 23))).isEqualTo(-1);
    }

    @Test
    @Req("R27")
    void an_autumn_term_has_its_holidays_and_swapped_days() {
        SchoolDays days = new SchoolDays(AUTUMN, holidays, Map.of(), List.of());
        assertThat(days.on(LocalDate.of(2026, 9, 25)).map(SchoolDay::kind)).contains(DayKind.HOLIDAY);
        assertThat(days.on(LocalDate.of(2026, 9, 20))).hasValueSatisfying(d -> {
            assertThat(d.kind()).isEqualTo(DayKind.SWAPPED);
            assertThat(d.follows()).isEqualTo(DayOfWeek.TUESDAY);
        });
        assertThat(days.on(LocalDate.of(2027, 1, 4)).map(SchoolDay::confirmed)).contains(false);
        assertThat(days.teaching()).hasSize((int) AUTUMN.first().datesUntil(AUTUMN.last().plusDays(1)).filter(holidays::isWorkday).count());
    }

    @Test
    void the_schools_own_word_comes_before_the_notice() {
        Map<LocalDate, OwnDay> own = Map.of(
                LocalDate.of(2026, 9, 20), new OwnDay(true, DayOfWeek.WEDNESDAY, ""),
                LocalDate.of(2026, 10, 10), new OwnDay(false, DayOfWeek.SATURDAY, "sports"),
                LocalDate.of(2026, 11, 4), new OwnDay(false, DayOfWeek.WEDNESDAY, "sports"));
        SchoolDays days = new SchoolDays(AUTUMN, holidays, own, List.of());
        assertThat(days.on(LocalDate.of(2026, 9, 20)).orElseThrow().follows()).isEqualTo(DayOfWeek.WEDNESDAY);
        assertThat(days.on(LocalDate.of(2026, 10, 10)).orElseThrow().kind()).isEqualTo(DayKind.WEEKEND);
        assertThat(days.on(LocalDate.of(2026, 11, 4)).orElseThrow().kind()).isEqualTo(DayKind.SCHOOL_FREE);
    }

    @Test
    @Req("R26")
    void service_days_are_teaching_days_minus_closures() {
        BellGrid grid = SourcePlanBellsTest.plan("000");
        SchoolDays days = new SchoolDays(AUTUMN, holidays, Map.of(), List.of());
        List<LocalDate> all = grid.serviceDays("g7", days, List.of(), List.of(), Set.of());
        assertThat(all).hasSize(days.teaching().size());
        Closure smog = new Closure(LocalDate.of(2026, 11, 2), LocalDate.of(2026, 11, 4), Set.of(), Set.of(), Closure.Reason.AIR, "");
        Closure exam = new Closure(LocalDate.of(2026, 11, 9), LocalDate.of(2026, 11, 10), Set.of("g9"), Set.of(), Closure.Reason.EXAM, "");
        assertThat(grid.serviceDays("g7", days, List.of(smog, exam), List.of(), Set.of())).hasSize(all.size() - 3);
        assertThat(grid.serviceDays("g9", days, List.of(smog, exam), List.of(), Set.of())).hasSize(all.size() - 5);
        Closure evenings = new Closure(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 24), Set.of(), Set.of(ServiceClass.EVENING_STUDY), Closure.Reason.EVENT, "");
        assertThat(grid.serviceDays("g7", days, List.of(evenings), List.of(), Set.of())).hasSize(all.size());
        assertThat(grid.serviceDays("g7", days, List.of(evenings), List.of(), Set.of(ServiceClass.EVENING_STUDY))).hasSize(all.size() - 1);
    }

    @Test
    @Req({"R19", "R145"})
    void a_summer_opening_rings_only_the_bells_of_holiday_care() {
        TermDates spring = new TermDates(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 7, 3));
        Opening summer = new Opening(LocalDate.of(2026, 7, 6), LocalDate.of(2026, 7, 24), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "summer");
        SchoolDays days = new SchoolDays(spring, holidays, Map.of(), List.of(summer));
        List<Slot> slots = new ArrayList<>(SourcePlanBellsTest.plan("001").slots());
        for (int day = 1; day <= 5; day++)
            slots.add(Slot.of("H1", "low", DayOfWeek.of(day), TimeSpan.of("08:00", "11:30"), ServiceClass.HOLIDAY_CARE, SlotKind.PERIOD, null, null));
        BellGrid grid = new BellGrid(SourcePlanBellsTest.plan("001").bands(), slots, List.of());
        assertThat(grid.serviceDays("low", days, List.of(), List.of(), Set.of(ServiceClass.HOLIDAY_CARE))).hasSize(15);
        assertThat(grid.serviceDays("high", days, List.of(), List.of(), Set.of(ServiceClass.HOLIDAY_CARE))).isEmpty();
        assertThat(grid.slots("low", days.on(LocalDate.of(2026, 7, 7)).orElseThrow(), List.of())).extracting(Slot::code).containsExactly("H1");
        assertThat(grid.slots("low", days.on(LocalDate.of(2026, 6, 30)).orElseThrow(), List.of())).extracting(Slot::code).containsExactly("S1", "S2");
    }

    @Test
    @Req("R29")
    void the_timeline_of_an_autumn_term_is_that_of_the_plans() {
        SchoolDays days = new SchoolDays(new TermDates(LocalDate.of(2022, 9, 1), LocalDate.of(2023, 1, 13)), new Holidays(List.of()), Map.of(), List.of());
        List<Preparation.Dated> list = Preparation.timeline(days, new Preparation.Facts(LocalDate.of(2022, 8, 31), 2, 4, 2, 5, 3));
        assertThat(list).filteredOn(d -> d.task() == Preparation.Task.STAFF_STUDY).singleElement().extracting(Preparation.Dated::until).isEqualTo(LocalDate.of(2022, 8, 28));
        assertThat(list).filteredOn(d -> d.task() == Preparation.Task.PUBLISH_PLAN).singleElement().extracting(Preparation.Dated::until).isEqualTo(LocalDate.of(2022, 8, 30));
        assertThat(list).filteredOn(d -> d.task() == Preparation.Task.BASIC_SERVICE).singleElement().extracting(Preparation.Dated::from).isEqualTo(LocalDate.of(2022, 9, 5));
        assertThat(list).filteredOn(d -> d.task() == Preparation.Task.CLUBS_START).singleElement().extracting(Preparation.Dated::from).isEqualTo(LocalDate.of(2022, 9, 19));
        assertThat(list).filteredOn(d -> d.task() == Preparation.Task.ADD_AND_DROP).singleElement().extracting(Preparation.Dated::until).isEqualTo(LocalDate.of(2022, 10, 2));
    }

    @Test
    @Req("R29")
    void registration_is_the_sunday_before_lessons_unless_the_school_says_otherwise() {
        SchoolDays days = new SchoolDays(AUTUMN, holidays, Map.of(), List.of());
        assertThat(Preparation.timeline(days, new Preparation.Facts(null, 2, 4, 2, 5, 3)))
                .filteredOn(d -> d.task() == Preparation.Task.REGISTRATION)
                .singleElement()
                .extracting(Preparation.Dated::from)
                .isEqualTo(LocalDate.of(2026, 8, 30));
    }

    @Test
    void five_thousand_timelines_are_in_order_and_nothing_ends_before_it_starts() {
        long seed = 5;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            LocalDate first = LocalDate.of(2025, 1, 1).plusDays(random.nextInt(900));
            SchoolDays days = new SchoolDays(new TermDates(first, first.plusDays(20 + random.nextInt(150))), holidays, Map.of(), List.of());
            int service = 1 + random.nextInt(4);
            List<Preparation.Dated> list =
                    Preparation.timeline(days, new Preparation.Facts(null, service, service + random.nextInt(4), random.nextInt(4), random.nextInt(10), random.nextInt(6)));
            assertThat(list).as("seed %d case %d", seed, i).allMatch(d -> !d.until().isBefore(d.from()));
            assertThat(list).isSortedAccordingTo((a, b) -> a.from().compareTo(b.from()));
            LocalDate basic = of(list, Preparation.Task.BASIC_SERVICE);
            LocalDate clubs = of(list, Preparation.Task.CLUBS_START);
            assertThat(clubs).isAfterOrEqualTo(basic);
            assertThat(of(list, Preparation.Task.DRAW)).isBeforeOrEqualTo(clubs);
        }
    }

    private static LocalDate of(List<Preparation.Dated> list, Preparation.Task task) {
        return list.stream().filter(d -> d.task() == task).findFirst().orElseThrow().from();
    }

    /** Against the plain count of minutes that both cover. */
    @Test
    void twenty_thousand_pairs_of_spans_overlap_by_the_minutes_they_share() {
        long seed = 11;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            TimeSpan a = span(random);
            TimeSpan b = span(random);
            int shared = 0;
            for (LocalTime t = a.from(); t.isBefore(a.until()); t = t.plusMinutes(1)) if (!t.isBefore(b.from()) && t.isBefore(b.until())) shared++;
            assertThat(a.overlap(b)).as("%s %s", a, b).isEqualTo(shared).isEqualTo(b.overlap(a));
            assertThat(a.clashes(b)).isEqualTo(shared > 0);
        }
    }

    private static TimeSpan span(Random random) {
        int from = 15 * 60 + random.nextInt(120);
        return new TimeSpan(LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay((from + 1 + random.nextInt(90)) * 60L));
    }

    @Test
    void back_to_back_sessions_do_not_clash_and_other_weeks_do_not_either() {
        Meeting early = new Meeting(DayOfWeek.MONDAY, TimeSpan.of("17:00", "18:00"), 2, 10);
        assertThat(early.clash(new Meeting(DayOfWeek.MONDAY, TimeSpan.of("18:00", "19:00"), 2, 10))).isZero();
        assertThat(early.clash(new Meeting(DayOfWeek.MONDAY, TimeSpan.of("17:50", "19:00"), 2, 10))).isEqualTo(10);
        assertThat(early.clash(new Meeting(DayOfWeek.MONDAY, TimeSpan.of("17:50", "19:00"), 11, 18))).isZero();
        assertThat(early.clash(new Meeting(DayOfWeek.TUESDAY, TimeSpan.of("17:50", "19:00"), 2, 10))).isZero();
    }

    /** Whatever the children attend, none leaves before its last session ends, and none waits for a wave when one is nearer. */
    @Test
    void ten_thousand_children_leave_with_the_first_wave_after_their_last_session() {
        long seed = 3;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (String id : List.of("000", "001", "002.1", "002.6")) {
            BellGrid grid = SourcePlanBellsTest.plan(id);
            for (int i = 0; i < 2_500; i++) {
                String band = grid.bands().get(random.nextInt(grid.bands().size())).code();
                DayOfWeek day = DayOfWeek.of(1 + random.nextInt(6));
                List<LocalTime> ends = grid.slots(band, day).stream().filter(s -> s.kind() == SlotKind.PERIOD && random.nextBoolean()).map(s -> s.time().until()).toList();
                var home = grid.goingHome(band, day, ends);
                assertThat(home.isPresent()).isEqualTo(!ends.isEmpty());
                home.ifPresent(h -> {
                    assertThat(ends).allMatch(end -> !end.isAfter(h.leaves()));
                    assertThat(grid.waves()).noneMatch(w -> w.takes(band, day) && !w.at().isBefore(h.ends()) && w.at().isBefore(h.leaves()));
                });
            }
        }
    }
}
