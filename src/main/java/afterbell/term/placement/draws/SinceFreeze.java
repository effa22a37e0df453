package afterbell.term.placement.draws;

import afterbell.term.placement.engine.FixedSeat;
import afterbell.term.placement.engine.Instance;
import afterbell.term.placement.engine.Pupil;
import afterbell.term.placement.engine.Section;
import afterbell.term.placement.engine.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the input that a draw was decided on differs from the one that was committed to. Children may leave and sections may be changed between the reveal and
 * the draw; anything else should not be.
 *
 * @param left children of the freeze who are not in the draw, because they are at the school no more
 * @param sections codes of sections that were changed, added or taken out
 * @param others children who came in, who are at the school and yet out of the draw, or whose sheets or facts are other ones
 */
record SinceFreeze(int left, List<String> sections, int others) {
    static final SinceFreeze NOTHING = new SinceFreeze(0, List.of(), 0);

    SinceFreeze {
        sections = List.copyOf(sections);
    }

    /**
     * What the draw is decided on where more than leavers and sections has changed since the freeze: sheets and facts as they were frozen, without who left; the
     * sections and the teachers' marks of today. A section that went or meets at other times is off the lists. Empty where a section has become too small for its
     * fixed members.
     */
    static Optional<Instance> held(Instance frozen, Instance live, Set<String> here) {
        Set<String> moved = moved(frozen.sections(), live.sections());
        List<FixedSeat> fixed = frozen.fixed().stream().filter(f -> here.contains(f.pupil()) && !moved.contains(f.course())).toList();
        Map<String, List<Wish>> lists = frozen.wishes().stream().filter(w -> here.contains(w.pupil())).map(w -> without(moved, w)).filter(w -> !w.ranks().isEmpty()).collect(Collectors.groupingBy(Wish::pupil));
        List<Pupil> pupils = frozen.pupils().stream()
                .filter(p -> here.contains(p.pupil()))
                .map(p -> moved.isEmpty() ? p : wanting(p, lists.getOrDefault(p.pupil(), List.of())))
                .toList();
        Set<String> in = pupils.stream().map(Pupil::pupil).collect(Collectors.toSet());
        try {
            return Optional.of(Instance.of(live.sections(), pupils, lists.values().stream().flatMap(List::stream).toList(), live.bands().stream().filter(b -> in.contains(b.pupil())).toList(), fixed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Wish without(Set<String> moved, Wish w) {
        if (moved.isEmpty()) return w;
        List<List<String>> ranks = w.ranks().stream().map(tied -> tied.stream().filter(c -> !moved.contains(c)).toList()).filter(tied -> !tied.isEmpty()).toList();
        return new Wish(w.pupil(), w.slot(), ranks, w.unfilled());
    }

    /** No more than what is still on its lists. */
    private static Pupil wanting(Pupil p, List<Wish> lists) {
        return new Pupil(p.pupil(), p.grade(), p.priorityClass(), p.siblingGroup(), p.lottery(), Math.min(p.demand(), lists.size()), p.previous(), p.home(), p.limit(), p.shielded());
    }

    /** @param here who is at the school */
    static SinceFreeze between(Instance frozen, Instance decided, Set<String> here) {
        Map<String, Pupil> before = frozen.pupils().stream().collect(Collectors.toMap(Pupil::pupil, Function.identity()));
        Map<String, Pupil> after = decided.pupils().stream().collect(Collectors.toMap(Pupil::pupil, Function.identity()));
        Set<String> changed = changed(frozen.sections(), decided.sections());
        Set<String> moved = moved(frozen.sections(), decided.sections());
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(after.keySet());
        Map<String, Set<List<Object>>> then = asked(frozen, moved);
        Map<String, Set<List<Object>>> now = asked(decided, moved);
        int left = (int) gone.stream().filter(p -> !here.contains(p)).count();
        // Who was in the draw for a team alone goes out of it with the team.
        Set<String> teams = frozen.fixed().stream().filter(f -> moved.contains(f.course())).map(FixedSeat::pupil).collect(Collectors.toSet());
        int missing = (int) gone.stream().filter(p -> here.contains(p) && !(teams.contains(p) && !then.containsKey(p))).count();
        int others = (int) after.values().stream()
                .filter(p -> !same(before.get(p.pupil()), p, left > 0, !moved.isEmpty()) || !then.getOrDefault(p.pupil(), Set.of()).equals(now.getOrDefault(p.pupil(), Set.of())))
                .count();
        return new SinceFreeze(left, List.copyOf(changed), others + missing);
    }

    private static Set<String> changed(List<Section> before, List<Section> after) {
        Set<Section> kept = new HashSet<>(before);
        kept.retainAll(new HashSet<>(after));
        Set<String> changed = new TreeSet<>();
        for (List<Section> all : List.of(before, after)) all.stream().filter(s -> !kept.contains(s)).map(Section::course).forEach(changed::add);
        return changed;
    }

    /** Sections that came, went or meet at other times: those alone change what children's lists are. */
    private static Set<String> moved(List<Section> before, List<Section> after) {
        Map<String, List<Integer>> then = before.stream().collect(Collectors.toMap(Section::course, Section::slots));
        Map<String, List<Integer>> now = after.stream().collect(Collectors.toMap(Section::course, Section::slots));
        return Stream.concat(then.keySet().stream(), now.keySet().stream()).filter(c -> !Objects.equals(then.get(c), now.get(c))).collect(Collectors.toSet());
    }

    /** Fixed seats and lists by child. Where sections moved, only what that leaves as it was: the order of the others. */
    private static Map<String, Set<List<Object>>> asked(Instance instance, Set<String> moved) {
        Map<String, Set<List<Object>>> asked = new HashMap<>();
        for (FixedSeat f : instance.fixed())
            if (!moved.contains(f.course())) asked.computeIfAbsent(f.pupil(), p -> new HashSet<>()).add(List.of("fixed", f.course()));
        for (Wish w : instance.wishes()) {
            List<Object> list = new ArrayList<>();
            if (moved.isEmpty()) list.addAll(List.of(w.slot(), w.unfilled(), w.ranks()));
            else w.ranks().stream().flatMap(List::stream).filter(c -> !moved.contains(c)).forEach(list::add);
            if (!list.isEmpty()) asked.computeIfAbsent(w.pupil(), p -> new HashSet<>()).add(list);
        }
        return asked;
    }

    /** Lottery numbers are no fact of the freeze; a sibling who left leaves no family behind; sections that moved change how many clubs can be wanted. */
    private static boolean same(@Nullable Pupil before, Pupil after, boolean somebodyLeft, boolean sectionsMoved) {
        return before != null
                && before.grade() == after.grade()
                && before.priorityClass() == after.priorityClass()
                && (somebodyLeft || Objects.equals(before.siblingGroup(), after.siblingGroup()))
                && (sectionsMoved || before.demand() == after.demand() && before.shielded() == after.shielded())
                && before.previous().equals(after.previous())
                && Objects.equals(before.home(), after.home())
                && Objects.equals(before.limit(), after.limit());
    }
}
