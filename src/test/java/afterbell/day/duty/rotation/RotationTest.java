package afterbell.day.duty.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import afterbell.day.duty.rotation.Rotation.Busy;
import afterbell.day.duty.rotation.Rotation.Had;
import afterbell.day.duty.rotation.Rotation.Need;
import afterbell.day.duty.rotation.Rotation.Person;
import afterbell.day.duty.rotation.Rotation.Roster;
import afterbell.day.duty.rotation.Rotation.Turn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final Hours AFTERNOON = new Hours(960, 1080);

    private static UUID id(int n) {
        return new UUID(7, n);
    }

    private static List<Person> people(int count, String... kinds) {
        return IntStream.range(0, count).mapToObj(i -> new Person(id(i), List.of("a", "b", "c", "d").get(i % 4), Set.of(kinds))).toList();
    }

    private static List<Need> weeks(int weeks, String kind) {
        return IntStream.range(0, weeks * 5).mapToObj(i -> new Need(MONDAY.plusWeeks(i / 5).plusDays(i % 5), kind, kind, AFTERNOON)).toList();
    }

    private static Map<UUID, Long> counts(Roster roster) {
        return roster.turns().stream().collect(Collectors.groupingBy(Turn::person, Collectors.counting()));
    }

    @Test
    @Req({"R7", "R70"})
    void turns_at_a_kind_of_post_differ_by_one_at_most() {
        for (int size = 2; size <= 13; size++) {
            Roster roster = Rotation.of(weeks(8, "leader"), people(size, "leader"), List.of(), List.of(), 5);
            IntSummaryStatistics n = counts(roster).values().stream().mapToInt(Long::intValue).summaryStatistics();
            assertThat(n.getMax() - n.getMin()).as("%d people", size).isLessThanOrEqualTo(1);
            assertThat(counts(roster)).hasSize(size);
        }
    }

    @Test
    @Req("R7")
    void who_has_had_fewer_turns_comes_first() {
        List<Had> had = List.of(new Had(id(0), "leader", 3, 0), new Had(id(1), "leader", 2, 0), new Had(id(2), "leader", 3, 0));
        Roster roster = Rotation.of(weeks(1, "leader").subList(0, 1), people(3, "leader"), List.of(), had, 1);
        assertThat(roster.turns()).extracting(Turn::person).containsExactly(id(1));
    }

    @Test
    @Req("R70")
    void subjects_are_mixed_on_a_day() {
        List<Need> gates = IntStream.range(0, 4).mapToObj(i -> new Need(MONDAY, "gate" + i, "gate", AFTERNOON)).toList();
        Map<UUID, String> subjects = people(16, "gate").stream().collect(Collectors.toMap(Person::id, Person::subject));
        for (long seed = 0; seed < 200; seed++) {
            Roster roster = Rotation.of(gates, people(16, "gate"), List.of(), List.of(), seed);
            assertThat(roster.turns().stream().map(t -> subjects.get(t.person())).distinct()).as("seed %d", seed).hasSize(4);
        }
    }

    @Test
    void the_same_seed_gives_the_same_roster_whatever_the_order_of_the_input_and_another_one_another() {
        List<Need> needs = new ArrayList<>(weeks(4, "late"));
        List<Person> people = new ArrayList<>(people(9, "late"));
        Roster first = Rotation.of(needs, people, List.of(), List.of(), 11);
        Collections.shuffle(needs, new Random(3));
        Collections.shuffle(people, new Random(4));
        assertThat(Rotation.of(needs, people, List.of(), List.of(), 11)).isEqualTo(first);
        assertThat(Rotation.of(needs, people, List.of(), List.of(), 12)).isNotEqualTo(first);
    }

    @Test
    @Req("R8")
    void nobody_is_in_two_places_nor_where_he_is_busy_in_twenty_thousand_drawn_weeks() {
        Random random = new Random(20_261_122);
        for (int run = 0; run < 20_000; run++) {
            List<Need> needs = new ArrayList<>();
            List<Busy> busy = new ArrayList<>();
            List<Person> people = new ArrayList<>();
            int staff = 1 + random.nextInt(6);
            for (int i = 0; i < staff; i++) people.add(new Person(id(i), "s" + random.nextInt(3), random.nextBoolean() ? Set.of("x", "y") : Set.of("x")));
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                int from = random.nextInt(6) * 30;
                needs.add(new Need(MONDAY.plusDays(random.nextInt(2)), "p" + i, random.nextBoolean() ? "x" : "y", new Hours(from, from + 30 + random.nextInt(3) * 30)));
            }
            for (int i = 0; i < random.nextInt(5); i++) busy.add(new Busy(id(random.nextInt(staff)), MONDAY.plusDays(random.nextInt(2)), new Hours(30, 90)));
            Roster roster = Rotation.of(needs, people, busy, List.of(), run);
            assertThat(roster.turns().size() + roster.open().size()).isEqualTo(needs.size());
            Map<UUID, Person> known = people.stream().collect(Collectors.toMap(Person::id, p -> p));
            for (Turn t : roster.turns()) {
                assertThat(known.get(t.person()).kinds()).contains(t.need().kind());
                assertThat(busy).noneMatch(b -> b.person().equals(t.person()) && b.day().equals(t.need().day()) && b.hours().meets(t.need().hours()));
                assertThat(roster.turns()).noneMatch(o -> o != t && o.person().equals(t.person()) && o.need().day().equals(t.need().day()) && o.need().hours().meets(t.need().hours()));
            }
            // What stays open, nobody who is free could take.
            for (Need open : roster.open())
                for (Person p : people)
                    assertThat(p.kinds().contains(open.kind())
                                    && busy.stream().noneMatch(b -> b.person().equals(p.id()) && b.day().equals(open.day()) && b.hours().meets(open.hours()))
                                    && roster.turns().stream().noneMatch(t -> t.person().equals(p.id()) && t.need().day().equals(open.day()) && t.need().hours().meets(open.hours())))
                            .as("run %d: %s could take %s", run, p, open)
                            .isFalse();
        }
    }

    @Test
    void a_post_that_one_person_alone_can_take_gets_that_person_though_another_post_came_first() {
        List<Person> people = List.of(new Person(id(1), "", Set.of("a", "b")), new Person(id(2), "", Set.of("a")));
        List<Need> needs = List.of(new Need(MONDAY, "1", "a", AFTERNOON), new Need(MONDAY, "2", "b", AFTERNOON));
        Roster roster = Rotation.of(needs, people, List.of(), List.of(new Had(id(2), "a", 9, 0)), 1);
        assertThat(roster.open()).isEmpty();
    }
}
