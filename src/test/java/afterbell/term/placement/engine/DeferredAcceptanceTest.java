package afterbell.term.placement.engine;

import static org.assertj.core.api.Assertions.assertThat;

import afterbell.Req;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With one common priority, taking turns and proposing until nobody is refused end in the same result. */
@Req("P2")
class DeferredAcceptanceTest {
    @Test
    void taking_turns_equals_proposing_and_rejecting() {
        for (int seed = 0; seed < 400; seed++) {
            Instance school = oneSlot(new Random(seed));
            Map<String, String> turns = new HashMap<>();
            Placement.solve(school, Order.DA, Options.STANDARD, ProgressListener.SILENT)
                    .result().forEach(seat -> turns.put(seat.pupil(), seat.course()));
            assertThat(turns).as("seed %d", seed).isEqualTo(proposals(school));
        }
    }

    private static Map<String, String> proposals(Instance school) {
        Map<String, Pupil> pupils = new HashMap<>();
        Deque<String> free = new ArrayDeque<>();
        school.pupils().forEach(pupil -> {
            pupils.put(pupil.pupil(), pupil);
            free.add(pupil.pupil());
        });
        Map<String, List<List<String>>> lists = new HashMap<>();
        school.wishes().forEach(wish -> lists.put(wish.pupil(), wish.ranks()));
        Map<String, Integer> next = new HashMap<>();
        Map<String, List<String>> accepted = new HashMap<>();
        while (!free.isEmpty()) {
            String pupil = free.poll();
            int at = next.merge(pupil, 1, Integer::sum) - 1;
            if (at >= lists.get(pupil).size()) {
                continue;
            }
            String course = lists.get(pupil).get(at).getFirst();
            Section section = school.sections().stream().filter(s -> s.course().equals(course)).findFirst().orElseThrow();
            List<String> members = accepted.computeIfAbsent(course, c -> new ArrayList<>());
            members.add(pupil);
            if (members.size() > section.capacity()) {
                String last = members.stream()
                        .max(Comparator.comparing((String m) -> pupils.get(m).priorityClass())
                                .thenComparing(m -> pupils.get(m).lottery()))
                        .orElseThrow();
                members.remove(last);
                free.add(last);
            }
        }
        Map<String, String> result = new HashMap<>();
        accepted.forEach((course, members) -> members.forEach(member -> result.put(member, course)));
        return result;
    }

    private static Instance oneSlot(Random random) {
        List<Section> sections = new ArrayList<>();
        for (int c = 0; c < 5; c++) {
            sections.add(new Section("c" + c, "a" + c, List.of(0), 1 + random.nextInt(3), 0, 1, 6, 0, null));
        }
        List<Integer> lottery = new ArrayList<>(IntStream.range(0, 12).boxed().toList());
        java.util.Collections.shuffle(lottery, random);
        List<Pupil> pupils = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        for (int p = 0; p < 12; p++) {
            pupils.add(new Pupil("p" + p, 1, 1 + random.nextInt(3), null, lottery.get(p), 1, List.of(), null, null, true));
            List<Integer> courses = new ArrayList<>(List.of(0, 1, 2, 3, 4));
            java.util.Collections.shuffle(courses, random);
            wishes.add(new Wish("p" + p, "0",
                    courses.subList(0, 1 + random.nextInt(5)).stream().map(c -> List.of("c" + c)).toList(),
                    Wish.UNFILLED));
        }
        return Instance.of(sections, pupils, wishes, List.of(), List.of());
    }
}
