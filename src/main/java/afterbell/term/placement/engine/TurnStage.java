package afterbell.term.placement.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Deferred acceptance, exactly. All sections prefer the same pupils (the higher class, then the better lottery number),
 * and with one common priority deferred acceptance ends where everybody in that turn takes the best that is left; so it
 * is computed that way, which also holds where a wish spans several slots. A section short of its minimum is closed, the
 * one that misses most first, and all turns are taken again.
 */
final class TurnStage {
    private final Problem problem;
    private final ProgressListener progress;
    private final List<Closing> closings = new ArrayList<>();

    TurnStage(Problem problem, ProgressListener progress) {
        this.problem = problem;
        this.progress = progress;
    }

    Seating run() {
        boolean[] closed = problem.impossible.clone();
        for (int s = 0; s < problem.sections; s++) {
            if (closed[s]) {
                closings.add(closing(s, problem.reachable[s]));
            }
        }
        while (true) {
            Seating seating = new Seating(problem);
            for (int s = 0; s < problem.sections; s++) {
                seating.open[s] = !closed[s];
            }
            takeTurns(seating);
            int worst = shortest(seating);
            if (worst < 0) {
                return seating;
            }
            closed[worst] = true;
            closings.add(closing(worst, seating.load[worst]));
            progress.step("A", 0, "closed " + problem.instance.sections().get(worst).course());
        }
    }

    List<Closing> closings() {
        return closings.stream().sorted(Comparator.comparing(Closing::course, Text.ORDER)).toList();
    }

    private Closing closing(int s, int placeable) {
        Section section = problem.instance.sections().get(s);
        return new Closing(section.course(), placeable, section.minSize());
    }

    private void takeTurns(Seating seating) {
        int[] turns = IntStream.range(0, problem.pupils)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(p -> problem.priority[p])
                        .thenComparingInt(p -> problem.lottery[p]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int p : turns) {
            seating.give(p, new BestBundle(seating, p).find());
        }
    }

    private int shortest(Seating seating) {
        int worst = -1;
        int most = 0;
        for (int s = 0; s < problem.sections; s++) {
            int missing = problem.minimum[s] - seating.load[s];
            if (seating.open[s] && missing > most) {
                worst = s;
                most = missing;
            }
        }
        return worst;
    }

    /** The cheapest set of places with a free seat; among equals the one whose options come first. */
    private static final class BestBundle {
        private final Seating seating;
        private final Problem problem;
        private final List<Option> free = new ArrayList<>();
        private int[] restGain = {};
        private List<Option> best = List.of();
        private int bestGain = 0;

        BestBundle(Seating seating, int p) {
            this.seating = seating;
            this.problem = seating.problem;
            for (Option option : problem.options[p]) {
                if (seating.hasRoom(option)) {
                    free.add(option);
                }
            }
        }

        Option[] find() {
            restGain = new int[free.size() + 1];
            for (int i = free.size() - 1; i >= 0; i--) {
                restGain[i] = restGain[i + 1] + free.get(i).gain();
            }
            extend(0, new ArrayList<>(), 0);
            return best.toArray(Option[]::new);
        }

        private void extend(int from, List<Option> chosen, int gain) {
            if (gain > bestGain) {
                bestGain = gain;
                best = List.copyOf(chosen);
            }
            for (int i = from; i < free.size() && gain + restGain[i] > bestGain; i++) {
                Option option = free.get(i);
                if (problem.fits(chosen.toArray(Option[]::new), option)) {
                    chosen.add(option);
                    extend(i + 1, chosen, gain + option.gain());
                    chosen.removeLast();
                }
            }
        }
    }
}
