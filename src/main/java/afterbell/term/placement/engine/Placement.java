package afterbell.term.placement.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places pupils in sections: the one door to the stages. */
public final class Placement {
    /** Changes whenever the same input may give other bytes. */
    public static final String RELEASE = "afterbell placement 2";

    private Placement() {}

    /**
     * Solves an instance in a published order. Deterministic: the same instance, order and options give the same outcome
     * on the same platform. Runs on the calling thread, for seconds to minutes.
     */
    public static Outcome solve(Instance instance, Order order, Options options, ProgressListener progress) {
        Problem problem = new Problem(instance, order);
        if (order == Order.DA) {
            TurnStage turns = new TurnStage(problem, progress);
            Seating seating = turns.run();
            return outcome(seating, turns.closings(), new long[0], "none", true, false);
        }
        progress.step("B", 0, "flow");
        Seating seating = new FlowStage(problem, progress).run();
        new ExchangeStage(seating, progress).run();
        boolean exact = !options.preview() && options.solver() != Options.Solver.NONE && Natives.present();
        long[] bounds;
        if (exact) {
            ExactStage.Proof proof = new ExactStage(problem, options, progress).run(seating);
            bounds = proof.bounds();
            if (proof.seating() != seating) {
                seating = proof.seating();
                new ExchangeStage(seating, progress).run();
            }
        } else {
            bounds = new long[order.provedLevels()];
        }
        long[] values = seating.levels();
        boolean proved = exact;
        for (int level = 0; level < bounds.length; level++) {
            proved &= bounds[level] == values[level];
        }
        String solver = exact ? Natives.version() + " " + options.solver() : "none";
        return outcome(seating, Openings.closings(seating), bounds, solver, proved, options.preview());
    }

    private static Outcome outcome(
            Seating seating,
            List<Closing> closings,
            long[] bounds,
            String solver,
            boolean proved,
            boolean preview) {
        Problem problem = seating.problem;
        List<Seat> seats = seats(seating);
        Map<String, Long> levels = new LinkedHashMap<>();
        Map<String, Long> bound = new LinkedHashMap<>();
        long[] values = seating.levels();
        for (int level = 0; level < values.length; level++) {
            String name = problem.order.levels().get(level);
            levels.put(name, Math.abs(values[level]));
            if (level < bounds.length) {
                bound.put(name, bounds[level]);
            }
        }
        Certificate certificate = new Certificate(
                Digests.ofInput(problem.instance),
                sha256(ResultFiles.result(seats)),
                FamilyTree.over(problem.instance, seats).root(),
                problem.order,
                levels,
                bound,
                proved,
                preview,
                new Certificate.Engine(RELEASE, solver, platform()),
                measures(problem.instance, seats));
        return new Outcome(seats, closings, certificate);
    }

    private static List<Seat> seats(Seating seating) {
        Problem problem = seating.problem;
        List<Seat> seats = new ArrayList<>();
        for (int p = 0; p < problem.pupils; p++) {
            String pupil = problem.instance.pupils().get(p).pupil();
            for (Option option : seating.held[p]) {
                String course = problem.instance.sections().get(option.section()).course();
                for (int i = 0; i < option.rows().length; i++) {
                    seats.add(new Seat(pupil, option.rows()[i], course, option.ranks()[i]));
                }
            }
        }
        for (FixedSeat fixed : problem.instance.fixed()) {
            Section section = problem.instance.sections().get(problem.section(fixed.course()));
            for (int slot : section.slots()) {
                seats.add(new Seat(fixed.pupil(), "" + slot, fixed.course(), 0));
            }
        }
        return ResultFiles.sorted(seats);
    }

    private static Certificate.Measures measures(Instance instance, List<Seat> seats) {
        Problem plain = new Problem(instance, Order.COST);
        long[] ranks = new long[5];
        long cost = 0;
        long wanted = 0;
        long asked = 0;
        boolean[] placed = new boolean[plain.pupils];
        for (int p = 0; p < plain.pupils; p++) {
            cost += plain.base[p];
            wanted += plain.demand[p];
            asked += plain.demand[p] > 0 ? 1 : 0;
        }
        Map<String, Integer> unfilled = new LinkedHashMap<>();
        instance.wishes().forEach(wish -> unfilled.put(wish.pupil() + "," + wish.slot(), wish.unfilled()));
        long filled = 0;
        for (Seat seat : seats) {
            placed[plain.pupil(seat.pupil())] = true;
            if (seat.rank() > 0) {
                ranks[Math.min(seat.rank(), 4)]++;
                filled++;
                cost += Points.ofRank(seat.rank())
                        - unfilled.getOrDefault(seat.pupil() + "," + seat.slot(), Wish.UNFILLED);
            }
        }
        long nothing = 0;
        for (int p = 0; p < plain.pupils; p++) {
            if (plain.demand[p] > 0 && !placed[p]) {
                nothing++;
                cost += plain.shielded[p] ? Points.NOTHING : 0;
            }
        }
        return new Certificate.Measures(asked, wanted, ranks[1], ranks[2], ranks[3], ranks[4], wanted - filled, nothing,
                instance.fixed().size(), cost);
    }

    private static String platform() {
        return System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT) + " " + System.getProperty("os.arch");
    }

    static String sha256(String text) {
        MessageDigest digest = Digests.sha256();
        return Digests.hex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
