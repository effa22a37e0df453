package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What stands behind each closing: how many could be placed in the section as things are. */
final class Openings {
    private Openings() {}

    /** The closed sections with their numbers, in the order of their ids. */
    static List<Closing> closings(Seating seating) {
        List<Closing> closings = new ArrayList<>();
        Problem problem = seating.problem;
        for (int s = 0; s < problem.sections; s++) {
            if (!seating.open[s]) {
                int placeable = problem.impossible[s] ? problem.reachable[s] : joiners(seating, s).size();
                Section section = problem.instance.sections().get(s);
                closings.add(new Closing(section.course(), placeable, section.minSize()));
            }
        }
        return closings;
    }

    /** Opens each closed section that enough pupils would gain from, without loss to anybody else. */
    static boolean openWhatPaysForItself(Seating seating) {
        Problem problem = seating.problem;
        boolean opened = false;
        for (int s = 0; s < problem.sections; s++) {
            if (seating.open[s] || problem.impossible[s]) {
                continue;
            }
            List<Option> joiners = joiners(seating, s);
            if (joiners.size() >= problem.minimum[s]) {
                seating.open[s] = true;
                joiners.stream().limit(problem.seats[s]).forEach(option ->
                        seating.give(option.pupil(), problem.take(seating.held[option.pupil()], option)));
                opened = true;
            }
        }
        return opened;
    }

    /**
     * Pupils, in the order of their ids, who would gain from the section and whose leaving takes no other section under
     * its minimum.
     */
    private static List<Option> joiners(Seating seating, int section) {
        Problem problem = seating.problem;
        int[] load = seating.load.clone();
        int[] groupLoad = new int[problem.groupSeats.length];
        List<Option> joiners = new ArrayList<>();
        for (int p = 0; p < problem.pupils; p++) {
            for (Option option : problem.options[p]) {
                if (option.section() == section && joins(seating, option, load, groupLoad)) {
                    joiners.add(option);
                }
            }
        }
        return joiners;
    }

    private static boolean joins(Seating seating, Option option, int[] load, int[] groupLoad) {
        Problem problem = seating.problem;
        int p = option.pupil();
        Option[] before = seating.held[p];
        Option[] after = problem.take(before, option);
        if (problem.cost(p, after) >= problem.cost(p, before)) {
            return false;
        }
        if (option.group() >= 0 && groupLoad[option.group()] >= problem.groupSeats[option.group()]) {
            return false;
        }
        List<Option> left = Arrays.stream(before)
                .filter(held -> Arrays.stream(after).noneMatch(kept -> kept == held))
                .toList();
        if (left.stream().anyMatch(held -> load[held.section()] - 1 < problem.minimum[held.section()])) {
            return false;
        }
        left.forEach(held -> load[held.section()]--);
        if (option.group() >= 0) {
            groupLoad[option.group()]++;
        }
        return true;
    }
}
