package afterbell.base.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import afterbell.Req;
import afterbell.base.calendar.SchoolDays.Opening;
import afterbell.base.calendar.SchoolDays.OwnDay;
import afterbell.base.calendar.engine.BellReader;
import afterbell.base.rules.Bilingual;
import afterbell.base.rules.ServiceClass;
import afterbell.base.shared.Ids;
import afterbell.base.shared.NotFound;
import afterbell.testing.GivenSchool;
import afterbell.testing.HouseTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

@HouseTest
class CalendarsIT {
    @Autowired
    GivenSchool given;

    @Autowired
    Calendars calendars;

    @Autowired
    TermStore store;

    @Autowired
    Ids ids;

    private Term term(UUID school) {
        Term term = new Term(ids.next(), 2026, 1, new TermDates(LocalDate.of(2026, 9, 1), LocalDate.of(2027, 1, 22)), null, 2, 4, 2);
        given.in(school, () -> {
            store.put(school, term);
            store.putBells(school, term.id(), plan("000"));
            return true;
        });
        return term;
    }

    private static BellGrid plan(String id) {
        try {
            return BellReader.read(id, Files.readString(Path.of("src/test/resources/bells", id + ".yaml")), new ArrayList<>()).orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Req("R22")
    void bells_come_back_as_they_were_written() {
        UUID school = given.school();
        Term term = term(school);
        BellGrid back = given.in(school, () -> calendars.bells(school, term.id()));
        BellGrid plan = plan("000");
        assertThat(back.slots()).isEqualTo(plan.slots().stream().map(s -> s.in(term.id())).toList());
        assertThat(back.bands()).extracting(GradeBand::grades).isEqualTo(plan.bands().stream().map(GradeBand::grades).toList());
        assertThat(back.waves()).extracting(Wave::at).isEqualTo(plan.waves().stream().map(Wave::at).toList());
        assertThat(given.in(school, () -> calendars.slots(school, term.id(), 9, DayOfWeek.MONDAY))).extracting(Slot::code).containsExactly("S1", "MEAL", "S2", "S3");
        given.in(school, () -> {
            store.putBells(school, term.id(), plan("001"));
            return true;
        });
        assertThat(given.in(school, () -> calendars.bells(school, term.id())).bands()).hasSize(3);
    }

    @Test
    @Req("R23")
    void a_slot_keeps_its_id_over_the_seasons_and_over_new_times() {
        UUID school = given.school();
        Term term = term(school);
        UUID before = given.in(school, () -> calendars.slots(school, term.id(), 7, DayOfWeek.MONDAY)).get(0).id();
        given.in(school, () -> {
            store.putBells(school, term.id(), plan("002.5"));
            return true;
        });
        BellGrid seasons = given.in(school, () -> calendars.bells(school, term.id()));
        assertThat(seasons.slots("all", DayOfWeek.MONDAY)).extracting(Slot::code).containsExactly("NOON", "S1");
        assertThat(seasons.variants("all", DayOfWeek.MONDAY)).hasSize(4);
        assertThat(given.in(school, () -> calendars.slotsOn(school, term.id(), "all", LocalDate.of(2026, 11, 16)))).extracting(s -> s.time().toString()).containsExactly("12:20–13:30", "18:00–19:30");
        given.in(school, () -> {
            store.putBells(school, term.id(), plan("000"));
            return true;
        });
        assertThat(given.in(school, () -> calendars.slots(school, term.id(), 7, DayOfWeek.MONDAY)).get(0).id()).isEqualTo(before);
    }

    @Test
    @Req({"R26", "R27"})
    void a_closure_and_the_schools_own_word_change_the_service_days() {
        UUID school = given.school();
        Term term = term(school);
        int before = days(school, term, "g7");
        UUID closure = given.in(
                school,
                () -> store.addClosure(school, new Closure(LocalDate.of(2026, 11, 2), LocalDate.of(2026, 11, 3), Set.of("g7"), Set.of(), Closure.Reason.AIR, "")));
        given.in(school, () -> {
            store.putOwnDay(school, LocalDate.of(2026, 11, 4), new OwnDay(false, DayOfWeek.WEDNESDAY, "sports"));
            return true;
        });
        assertThat(days(school, term, "g7")).isEqualTo(before - 3);
        assertThat(days(school, term, "g8")).isEqualTo(before - 1);
        given.in(school, () -> store.dropClosure(school, closure));
        assertThat(days(school, term, "g7")).isEqualTo(before - 1);
    }

    private int days(UUID school, Term term, String band) {
        return given.in(school, () -> calendars.serviceDays(school, term.id(), band, Set.of())).size();
    }

    @Test
    void two_terms_of_one_school_never_overlap_and_no_two_slots_of_a_band() {
        UUID school = given.school();
        Term term = term(school);
        assertThatThrownBy(() -> given.in(school, () -> {
                    store.put(school, new Term(ids.next(), 2026, 2, new TermDates(LocalDate.of(2027, 1, 20), LocalDate.of(2027, 6, 30)), null, 2, 4, 2));
                    return true;
                }))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("terms_do_not_overlap");
        List<Slot> clash = List.of(
                Slot.of("S1", "a", DayOfWeek.MONDAY, TimeSpan.of("17:00", "18:00"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null),
                Slot.of("S2", "a", DayOfWeek.MONDAY, TimeSpan.of("17:59", "19:00"), ServiceClass.AFTER_SCHOOL, SlotKind.PERIOD, null, null));
        assertThatThrownBy(() -> given.in(school, () -> {
                    store.putBells(school, term.id(), new BellGrid(List.of(new GradeBand("a", new Bilingual("a", "a"), Set.of(1))), clash, List.of()));
                    return true;
                }))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("slots_of_a_band_do_not_overlap");
    }

    @Test
    @Req("R19")
    void the_campus_opens_in_the_holidays_where_the_school_says_so() {
        UUID school = given.school();
        Term term = term(school);
        given.in(school, () -> {
            List<Slot> slots = new ArrayList<>(plan("000").slots());
            for (int day = 1; day <= 5; day++)
                slots.add(Slot.of("H1", "g7", DayOfWeek.of(day), TimeSpan.of("08:00", "11:00"), ServiceClass.HOLIDAY_CARE, SlotKind.PERIOD, null, null));
            store.putBells(school, term.id(), new BellGrid(plan("000").bands(), slots, List.of()));
            return store.addOpening(school, term.id(), new Opening(LocalDate.of(2027, 1, 25), LocalDate.of(2027, 1, 29), EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), "winter"));
        });
        assertThat(given.in(school, () -> calendars.serviceDays(school, term.id(), "g7", Set.of(ServiceClass.HOLIDAY_CARE)))).hasSize(5);
        assertThat(given.in(school, () -> calendars.slotsOn(school, term.id(), "g7", LocalDate.of(2027, 1, 26)))).extracting(Slot::code).containsExactly("H1");
    }

    @Test
    void the_term_of_a_day_is_the_one_that_holds_it_or_the_next_or_the_last() {
        UUID school = given.school();
        assertThat(given.in(school, () -> calendars.termAt(school, LocalDate.of(2026, 9, 1)))).isEmpty();
        Term autumn = term(school);
        Term spring = new Term(ids.next(), 2026, 2, new TermDates(LocalDate.of(2027, 3, 1), LocalDate.of(2027, 7, 2)), null, 2, 4, 2);
        given.in(school, () -> {
            store.put(school, spring);
            return true;
        });
        assertThat(given.in(school, () -> calendars.termAt(school, LocalDate.of(2026, 8, 1)))).contains(autumn);
        assertThat(given.in(school, () -> calendars.termAt(school, LocalDate.of(2027, 2, 1)))).contains(spring);
        assertThat(given.in(school, () -> calendars.termAt(school, LocalDate.of(2028, 2, 1)))).contains(spring);
        assertThat(given.in(school, () -> calendars.terms(school))).containsExactly(spring, autumn);
    }

    @Test
    void another_schools_term_is_not_found() {
        UUID school = given.school();
        UUID other = given.school();
        Term term = term(school);
        assertThatThrownBy(() -> given.in(other, () -> calendars.term(school, term.id()))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> given.in(other, () -> calendars.term(other, term.id()))).isInstanceOf(NotFound.class);
        assertThat(given.in(school, () -> calendars.workdays(school, YearMonth.of(2026, 10)))).isEqualTo(18);
    }
}
