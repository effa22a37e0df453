package afterbell.term.programme;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.term.programme.Clashes.Booking;
import afterbell.term.programme.Clashes.Clash;
import afterbell.term.programme.Clashes.Kind;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClashesTest {
    private static UUID id(int n) {
        return new UUID(0, n);
    }

    private static Booking booking(int owner, int day, String from, String until, Set<Integer> staff, @Nullable Integer room, int size) {
        Set<UUID> people = new HashSet<>();
        staff.forEach(s -> people.add(id(100 + s)));
        return new Booking(id(owner), day, LocalTime.parse(from), LocalTime.parse(until), people, room == null ? null : id(200 + room), Set.of(), size);
    }

    @Test
    @Req("R42")
    void a_teacher_wanted_twice_is_found_with_the_minutes_that_overlap() {
        Booking a = booking(1, 2, "16:40", "17:40", Set.of(1), 1, 20);
        Booking b = booking(2, 2, "17:20", "18:20", Set.of(1), 2, 20);
        assertThat(Clashes.of(List.of(b, a), Map.of())).containsExactly(new Clash(Kind.TEACHER, id(101), a, b, 20));
    }

    @Test
    void back_to_back_meetings_and_other_weekdays_do_not_clash() {
        assertThat(Clashes.of(
                        List.of(
                                booking(1, 2, "16:00", "17:00", Set.of(1), 1, 20),
                                booking(2, 2, "17:00", "18:00", Set.of(1), 1, 20),
                                booking(3, 3, "16:00", "17:00", Set.of(1), 1, 20)),
                        Map.of()))
                .isEmpty();
    }

    @Test
    @Req("R32")
    void a_playground_holds_groups_up_to_its_capacity() {
        List<Booking> three = List.of(
                booking(1, 1, "16:00", "17:00", Set.of(), 1, 30), booking(2, 1, "16:00", "17:00", Set.of(), 1, 30), booking(3, 1, "16:30", "17:30", Set.of(), 1, 30));
        assertThat(Clashes.of(three, Map.of(id(201), 90))).isEmpty();
        assertThat(Clashes.of(three, Map.of(id(201), 80))).hasSize(1).first().extracting(Clash::second).isEqualTo(three.get(2));
        assertThat(Clashes.of(three, Map.of())).hasSize(3);
    }

    @Test
    void finds_exactly_what_comparing_every_pair_finds() {
        Random random = new Random(7001);
        for (int world = 0; world < 3000; world++) {
            List<Booking> all = new ArrayList<>();
            int n = random.nextInt(12);
            for (int i = 0; i < n; i++) {
                int start = 16 * 60 + random.nextInt(24) * 5;
                int end = start + 5 + random.nextInt(12) * 5;
                Set<UUID> staff = new HashSet<>();
                for (int s = random.nextInt(3); s > 0; s--) staff.add(id(100 + random.nextInt(4)));
                Set<UUID> pupils = new HashSet<>();
                for (int s = random.nextInt(3); s > 0; s--) pupils.add(id(300 + random.nextInt(5)));
                all.add(new Booking(
                        id(random.nextInt(10)), 1 + random.nextInt(2), LocalTime.MIN.plusMinutes(start), LocalTime.MIN.plusMinutes(end), staff, random.nextBoolean() ? id(200 + random.nextInt(3)) : null, pupils, 1));
            }
            Map<String, Integer> expected = new HashMap<>();
            for (int i = 0; i < all.size(); i++)
                for (int j = i + 1; j < all.size(); j++) {
                    Booking a = all.get(i);
                    Booking b = all.get(j);
                    if (a.owner().equals(b.owner()) || a.weekday() != b.weekday() || !a.from().isBefore(b.until()) || !b.from().isBefore(a.until())) continue;
                    a.staff().stream().filter(b.staff()::contains).forEach(s -> expected.merge("TEACHER" + s, 1, Integer::sum));
                    a.pupils().stream().filter(b.pupils()::contains).forEach(s -> expected.merge("PUPIL" + s, 1, Integer::sum));
                    if (a.room() != null && a.room().equals(b.room())) expected.merge("ROOM" + a.room(), 1, Integer::sum);
                }
            Map<String, Integer> found = new HashMap<>();
            for (Clash c : Clashes.of(all, Map.of())) {
                found.merge(c.kind().name() + c.what(), 1, Integer::sum);
                assertThat(c.minutes()).isPositive();
            }
            assertThat(found).as("seed 7001, world %d: %s", world, all).isEqualTo(expected);
        }
    }
}
