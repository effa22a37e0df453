package afterbell.term.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SheetPolicyTest {
    private static final long SEED = 60;
    private static final Instant OPENS = Instant.parse("2026-08-30T00:00:00Z");
    private static final Instant CLOSES = Instant.parse("2026-09-03T12:00:00Z");
    private static final UUID TUESDAY = new UUID(1, 2);
    private static final UUID THURSDAY = new UUID(1, 4);

    private static Round round() {
        return new Round(new UUID(9, 1), new UUID(9, 2), "r", OPENS, CLOSES, CLOSES.plusSeconds(3600), Round.State.OPEN, null, false, List.of(), "fair");
    }

    private static Menu.Section section(int id, UUID... slots) {
        return new Menu.Section(new UUID(2, id), "S" + id, "s" + id, "a" + id, "", List.of(), "", 1, 20, null, 0, "session", "", false, false, List.of(slots), null, null);
    }

    private static Menu menu() {
        return new Menu(
                3,
                List.of(new Menu.Slot(TUESDAY, 2, 2, "S2", LocalTime.of(17, 0), LocalTime.of(18, 0)), new Menu.Slot(THURSDAY, 4, 2, "S2", LocalTime.of(17, 0), LocalTime.of(18, 0))),
                List.of(section(1, TUESDAY), section(2, THURSDAY), section(3, TUESDAY, THURSDAY)));
    }

    private static Sheet yes(Map<UUID, List<UUID>> wishes) {
        return new Sheet(true, Map.of(2, 2, 4, 2), wishes, Sheet.Waiting.ASK);
    }

    @Test
    void the_last_millisecond_counts_and_the_close_itself_is_too_late() {
        assertThat(SheetPolicy.refusals(round(), menu(), List.of(), Sheet.NO, CLOSES.minusMillis(1))).isEmpty();
        assertThat(SheetPolicy.refusals(round(), menu(), List.of(), Sheet.NO, CLOSES)).containsExactly(new SheetRefusal.Closed(CLOSES));
        assertThat(SheetPolicy.refusals(round(), menu(), List.of(), Sheet.NO, OPENS.minusMillis(1))).containsExactly(new SheetRefusal.NotYetOpen(OPENS));
    }

    @Test
    @Req("R33")
    void refuses_what_is_not_on_the_menu_of_the_slot() {
        assertThat(SheetPolicy.content(menu(), List.of(), yes(Map.of(THURSDAY, List.of(new UUID(2, 1)))))).containsExactly(new SheetRefusal.NotOnMenu());
        assertThat(SheetPolicy.content(menu(), List.of(), yes(Map.of(TUESDAY, List.of(new UUID(2, 77)))))).containsExactly(new SheetRefusal.NotOnMenu());
    }

    @Test
    void refuses_a_wish_at_the_hour_of_the_childs_team_and_says_by_how_many_minutes() {
        List<Menu.Fixed> team = List.of(new Menu.Fixed(new UUID(3, 1), "team", TUESDAY));
        assertThat(SheetPolicy.content(menu(), team, yes(Map.of(TUESDAY, List.of(new UUID(2, 1)))))).containsExactly(new SheetRefusal.Clash("s1", "team", 60));
    }

    @Test
    void a_wish_rests_while_the_child_goes_home_and_comes_back_with_the_day() {
        Sheet away = new Sheet(true, Map.of(4, 2), Map.of(TUESDAY, List.of(new UUID(2, 1))), Sheet.Waiting.ASK);
        assertThat(SheetPolicy.counts(menu(), away, new UUID(2, 1))).isFalse();
        assertThat(SheetPolicy.counts(menu(), yes(away.wishes()), new UUID(2, 1))).isTrue();
        assertThat(SheetPolicy.counts(menu(), away, new UUID(2, 3))).isFalse();
    }

    @Test
    void a_tidied_sheet_holds_no_wish_twice_each_section_in_all_its_slots_and_stays_as_it_is() {
        Random random = new Random(SEED);
        for (int n = 0; n < 5_000; n++) {
            Map<UUID, List<UUID>> wishes = new LinkedHashMap<>();
            for (UUID slot : List.of(TUESDAY, THURSDAY)) {
                List<UUID> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) list.add(menu().in(slot).get(random.nextInt(2)).id());
                wishes.put(slot, list);
            }
            Sheet tidy = SheetPolicy.tidied(menu(), yes(wishes));
            tidy.wishes().values().forEach(list -> assertThat(list).as("seed %d case %d", SEED, n(wishes)).doesNotHaveDuplicates());
            UUID both = new UUID(2, 3);
            assertThat(tidy.wishesIn(TUESDAY).contains(both)).isEqualTo(tidy.wishesIn(THURSDAY).contains(both));
            assertThat(SheetPolicy.tidied(menu(), tidy)).isEqualTo(tidy);
            assertThat(SheetPolicy.content(menu(), List.of(), tidy)).isEmpty();
        }
    }

    private static int n(Map<UUID, List<UUID>> wishes) {
        return wishes.hashCode();
    }

    @Test
    void a_siblings_answers_fit_the_menu_they_are_copied_to() {
        Sheet model = yes(Map.of(TUESDAY, List.of(new UUID(2, 1))));
        Menu shorter = new Menu(1, List.of(new Menu.Slot(new UUID(1, 21), 2, 1, "S1", LocalTime.of(16, 0), LocalTime.of(17, 0))), List.of());
        Sheet copy = SheetPolicy.copied(menu(), model, shorter, List.of());
        assertThat(copy.until()).isEqualTo(Map.of(2, 1));
        assertThat(copy.wishes()).isEmpty();
        assertThat(SheetPolicy.content(shorter, List.of(), copy)).isEmpty();
    }

    @Test
    @Req("R28")
    void an_earlier_answer_is_proposed_by_its_periods_and_noons_whatever_the_bells_are_called_now() {
        UUID oldNoon = new UUID(4, 1);
        UUID newNoon = new UUID(4, 2);
        Menu then = new Menu(2, List.of(slot(11, 2, 2, "15:00"), slot(12, 2, 3, "16:00"), slot(13, 4, 2, "15:00")), List.of(slot(oldNoon, 2, 1, "11:50")), List.of());
        Menu now = new Menu(3, List.of(slot(21, 2, 1, "15:20"), slot(22, 2, 2, "16:20"), slot(23, 4, 1, "15:20"), slot(24, 4, 2, "16:20")), List.of(slot(newNoon, 2, 3, "11:50")), List.of());
        Sheet proposal = SheetPolicy.proposed(then, new FamilySheet.Before(new UUID(9, 9), 2, Map.of(2, 3, 4, 2, 5, 2), Set.of(oldNoon)), now);
        assertThat(proposal.until()).as("two periods on Tuesday, one on Thursday, none on a day without bells").isEqualTo(Map.of(2, 2, 4, 1));
        assertThat(proposal.noon()).containsExactly(newNoon);
        assertThat(proposal.wishes()).isEmpty();
        assertThat(SheetPolicy.content(now, List.of(), proposal)).isEmpty();
    }

    private static Menu.Slot slot(int id, int weekday, int ordinal, String starts) {
        return slot(new UUID(5, id), weekday, ordinal, starts);
    }

    private static Menu.Slot slot(UUID id, int weekday, int ordinal, String starts) {
        return new Menu.Slot(id, weekday, ordinal, "S" + ordinal, LocalTime.parse(starts), LocalTime.parse(starts).plusMinutes(50));
    }
}
