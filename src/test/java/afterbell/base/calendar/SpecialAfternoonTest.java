package afterbell.base.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import afterbell.Req;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@Req("R26")
class SpecialAfternoonTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
    private static final SchoolDay WEDNESDAY = new SchoolDay(DAY, 7, DayKind.TEACHING, DayOfWeek.WEDNESDAY, Bilingual.NONE, true);

    private final BellGrid bells = new BellGrid(
            List.of(new GradeBand("low", new Bilingual("低", "low"), Set.of(1, 2)), new GradeBand("high", new Bilingual("高", "high"), Set.of(5, 6))),
            List.of(
                    slot("N1", "low", "11:50", "13:50", ServiceClass.NOON_CARE),
                    slot("S1", "low", "15:00", "16:00", ServiceClass.AFTER_SCHOOL),
                    slot("S2", "low", "16:00", "17:00", ServiceClass.AFTER_SCHOOL),
                    slot("S1", "high", "15:30", "17:30", ServiceClass.AFTER_SCHOOL)),
            List.of(new Wave("W1", Set.of("low"), Set.of(), LocalTime.of(16, 0), "东门"), new Wave("W2", Set.of("low"), Set.of(), LocalTime.of(17, 0), "东门"), new Wave("W3", Set.of("high"), Set.of(), LocalTime.of(17, 30), "")));

    private static Slot slot(String code, String band, String from, String until, ServiceClass service) {
        return Slot.of(code, band, DayOfWeek.WEDNESDAY, TimeSpan.of(from, until), service, SlotKind.PERIOD, null, null);
    }

    private SchoolAfternoon on(SpecialAfternoon... specials) {
        TermDates dates = new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22));
        Term term = new Term(new UUID(0, 1), 2026, 1, dates, null, 2, 4, 2);
        List<SpecialAfternoon> all = List.of(specials);
        return new SchoolAfternoon(term, WEDNESDAY, bells.bands().stream().map(b -> new SchoolAfternoon.OfBand(b, bells.slots(b.code(), WEDNESDAY, List.of(), all), bells.waves(b.code(), WEDNESDAY, all))).toList());
    }

    private static SpecialAfternoon special(int shift, String ends, String... bands) {
        return new SpecialAfternoon(DAY, DAY, Set.of(bands), shift, ends.isEmpty() ? null : LocalTime.parse(ends), "");
    }

    private static List<String> times(SchoolAfternoon afternoon, int grade) {
        return afternoon.ofGrade(grade).orElseThrow().slots().stream().map(s -> s.code() + " " + s.time()).toList();
    }

    @Test
    void as_ever_the_last_bell_is_the_end_of_lessons_and_noon_is_none() {
        SchoolAfternoon usual = on();
        assertThat(usual.lastBell(1)).contains(LocalTime.of(15, 0));
        assertThat(usual.ends(1)).contains(LocalTime.of(17, 0));
        assertThat(usual.goingHome(1, List.of(LocalTime.of(16, 0))).orElseThrow().leaves()).isEqualTo(LocalTime.of(16, 0));
        assertThat(usual.lastBell(3)).isEmpty();
    }

    @Test
    void a_moved_afternoon_moves_bells_and_waves_of_its_bands_and_leaves_noon_and_others_alone() {
        SchoolAfternoon earlier = on(special(-30, "", "low"));
        assertThat(times(earlier, 1)).containsExactly("N1 11:50–13:50", "S1 14:30–15:30", "S2 15:30–16:30");
        assertThat(earlier.lastBell(1)).contains(LocalTime.of(14, 30));
        assertThat(earlier.goingHome(1, List.of(LocalTime.of(16, 30))).orElseThrow().leaves()).isEqualTo(LocalTime.of(16, 30));
        assertThat(times(earlier, 5)).containsExactly("S1 15:30–17:30");
    }

    @Test
    void an_early_end_cuts_the_session_that_crosses_it_drops_later_ones_and_nobody_waits_for_a_later_wave() {
        SchoolAfternoon short_ = on(special(0, "16:00"));
        assertThat(times(short_, 1)).containsExactly("N1 11:50–13:50", "S1 15:00–16:00");
        assertThat(times(short_, 5)).containsExactly("S1 15:30–16:00");
        assertThat(short_.goingHome(5, List.of(LocalTime.of(16, 0))).orElseThrow().leaves()).isEqualTo(LocalTime.of(16, 0));
        assertThat(on(special(0, "15:00")).serves()).isTrue();
        assertThat(on(special(0, "15:00")).ends(1)).isEmpty();
    }

    @Test
    void twenty_thousand_special_afternoons_keep_order_and_end_no_later_than_they_say() {
        long seed = 26;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int shift = random.nextInt(-SpecialAfternoon.FARTHEST, SpecialAfternoon.FARTHEST + 1);
            LocalTime ends = shift == 0 || random.nextBoolean() ? LocalTime.of(14 + random.nextInt(5), random.nextInt(60)) : null;
            SpecialAfternoon special = new SpecialAfternoon(DAY, DAY, Set.of(), shift, ends, "");
            List<Slot> rung = bells.slots("low", WEDNESDAY, List.of(), List.of(special)).stream().filter(s -> s.service() != ServiceClass.NOON_CARE).toList();
            assertThat(BellGrid.firstClash(rung)).as("seed %d, case %d", seed, i).isEmpty();
            if (ends != null) assertThat(rung).as("seed %d, case %d", seed, i).allMatch(s -> !s.time().until().isAfter(ends));
            SchoolAfternoon afternoon = on(special);
            for (Slot s : rung) assertThat(afternoon.goingHome(1, List.of(s.time().until())).orElseThrow().leaves()).as("seed %d, case %d", seed, i).isAfterOrEqualTo(s.time().until());
        }
    }

    @Test
    void one_that_changes_nothing_or_ends_before_it_starts_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> special(0, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> special(181, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new SpecialAfternoon(DAY, DAY.minusDays(1), Set.of(), 10, null, ""));
        assertThat(special(10, "", "low").meets(special(20, "", "high"))).isFalse();
        assertThat(special(10, "", "low").meets(special(20, ""))).isTrue();
    }
}
