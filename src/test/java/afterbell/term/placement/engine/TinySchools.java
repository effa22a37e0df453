package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Schools of a handful of pupils with every feature of the format, small enough to try all results. */
final class TinySchools {
    private final Random random;

    private TinySchools(long seed) {
        random = new Random(seed);
    }

    static Instance of(long seed) {
        return new TinySchools(seed).instance();
    }

    private Instance instance() {
        int many = 2 + random.nextInt(4);
        boolean rich = random.nextInt(3) == 0;
        List<Section> sections = new ArrayList<>();
        int courses = 2 + random.nextInt(4);
        for (int c = 0; c < courses; c++) {
            List<Integer> slots = random.nextInt(4) == 0 ? List.of(0, 1) : List.of(random.nextInt(2));
            int capacity = 1 + random.nextInt(3);
            int minimum = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(capacity);
            boolean picky = random.nextInt(5) == 0;
            sections.add(new Section("c" + c, "a" + random.nextInt(courses), slots, capacity, minimum,
                    picky ? 2 : 1, 3, random.nextInt(2), rich && random.nextInt(3) == 0 ? 1 + random.nextInt(2) : null));
        }
        List<Integer> lottery = new ArrayList<>(IntStream.range(0, many).boxed().toList());
        Collections.shuffle(lottery, random);
        List<Pupil> pupils = new ArrayList<>();
        List<Wish> wishes = new ArrayList<>();
        List<Band> bands = new ArrayList<>();
        List<FixedSeat> fixed = new ArrayList<>();
        for (int p = 0; p < many; p++) {
            String id = "p" + p;
            boolean week = random.nextInt(5) == 0;
            int lists = week ? 1 : random.nextInt(5) == 0 ? 1 : 2;
            int demand = random.nextInt(8) == 0 ? random.nextInt(4) : week ? 1 + random.nextInt(2) : lists;
            pupils.add(new Pupil(id, 1 + random.nextInt(3), 1 + random.nextInt(3),
                    random.nextInt(3) == 0 ? "f" : null, lottery.get(p), demand,
                    random.nextInt(3) == 0 ? List.of("a" + random.nextInt(courses)) : List.of(),
                    rich ? "h" + random.nextInt(2) : null,
                    rich && random.nextInt(4) == 0 ? 1 : null,
                    !rich || random.nextInt(5) > 0));
            int unfilled = rich && random.nextInt(4) == 0 ? 12 : Wish.UNFILLED;
            for (int slot = 0; slot < lists; slot++) {
                wishes.add(new Wish(id, week ? Wish.WEEK : "" + slot, ranks(sections, week ? -1 : slot), unfilled));
            }
            for (Section section : sections) {
                if (random.nextInt(6) == 0) {
                    bands.add(new Band(section.course(), id, 1));
                }
            }
        }
        if (rich && random.nextBoolean()) {
            Section section = sections.get(random.nextInt(courses));
            fixed.add(new FixedSeat(section.course(), "p" + random.nextInt(many)));
        }
        return Instance.of(sections, pupils, wishes, bands, fixed);
    }

    private List<List<String>> ranks(List<Section> sections, int slot) {
        List<String> eligible = new ArrayList<>(sections.stream()
                .filter(section -> slot < 0 || section.slots().contains(slot))
                .map(Section::course)
                .toList());
        Collections.shuffle(eligible, random);
        List<List<String>> ranks = new ArrayList<>();
        for (String course : eligible.subList(0, Math.min(eligible.size(), 1 + random.nextInt(4)))) {
            if (random.nextInt(10) == 0) {
                ranks.add(List.of());
            }
            if (!ranks.isEmpty() && !ranks.getLast().isEmpty() && random.nextInt(7) == 0) {
                List<String> tied = new ArrayList<>(ranks.removeLast());
                tied.add(course);
                ranks.add(tied);
            } else {
                ranks.add(List.of(course));
            }
        }
        if (random.nextInt(12) == 0) {
            for (int i = 0; i < 6; i++) {
                ranks.addFirst(List.of());
            }
        }
        return ranks;
    }
}
