package afterbell.term.placement.engine;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stage C: the first levels, one after another, as integer programs in which the decision which sections run is free.
 * Each level is solved with the values of the levels before it as constraints, so a proved level is proved for the
 * order, not for one choice of sections.
 *
 * <p>A large school's programs take minutes, or hours where seats are scarce. There prices give every level its bound
 * first ({@link PriceBound}) and take out the places that no result as good can hold; the last level, by far the
 * slowest, keeps that bound, and so does a level of which the prices leave much open.
 */
final class ExactStage {
    /** Above this many pupils a level is bounded by prices first. */
    static final int LARGE = 4_000;

    /** Per cent of a level's value between it and its price bound, up to which a large school's program is solved. */
    private static final int NARROW = 10;
    /** The same for the number of those with nothing: what is open there leaves all later levels open. */
    private static final int NARROW_FIRST = 2;

    private static final String RELAXATION = "GLOP";

    /** The best seating found, with a lower bound per level; a level is proved where value and bound meet. */
    record Proof(Seating seating, long[] bounds) {}

    private final Problem problem;
    private final Options options;
    private final ProgressListener progress;

    private final int large;

    ExactStage(Problem problem, Options options, ProgressListener progress) {
        this(problem, options, progress, LARGE);
    }

    /** @param large above this many pupils a school counts as large */
    ExactStage(Problem problem, Options options, ProgressListener progress, int large) {
        this.problem = problem;
        this.options = options;
        this.progress = progress;
        this.large = large;
    }

    Proof run(Seating start) {
        Seating best = start;
        long[] first = start.levels();
        int levels = problem.order.provedLevels();
        long[] bounds = new long[levels];
        boolean[][] open = everything();
        boolean proved = true;
        for (int level = 0; level < levels; level++) {
            progress.step("C", level + 1, problem.order.levels().get(level));
            long value = best.levels()[level];
            if (value == 0) {
                continue;
            }
            PriceBound prices = problem.pupils > large ? bounded(level, best.levels(), first[level], open) : null;
            bounds[level] = prices == null ? 0 : Math.min(prices.bound(), value);
            if (prices == null || (proved && level < levels - 1 && isNarrow(problem.order, level, value, Math.min(value, first[level]), bounds[level]))) {
                Attempt attempt = attempt(level, best, open);
                best = attempt.best();
                bounds[level] = Math.max(bounds[level], attempt.bound());
            }
            if (prices != null && proved && level == levels - 1 && bounds[level] < value) {
                bounds[level] = Math.max(bounds[level], Math.min(relaxed(level, best, open), value));
            }
            proved &= bounds[level] == best.levels()[level];
            if (prices != null) {
                shut(best, best.levels()[level], prices.leastWith(), open);
            }
        }
        return new Proof(best, bounds);
    }

    /** Half as far from the best as the prices' bound, in four times as long; only where the levels before it are proved does it end. */
    private long relaxed(int level, Seating best, boolean[][] open) {
        try (Model model = new Model(RELAXATION, open)) {
            model.holdEarlierLevels(level, best.levels());
            model.minimise(level);
            return model.relaxedBound();
        }
    }

    /** A program looks at its own level and spoils the later ones, so what the start had is the better thing to aim at. */
    private PriceBound bounded(int level, long[] values, long aim, boolean[][] open) {
        values[level] = Math.min(values[level], aim);
        return new PriceBound(problem, level, values, open);
    }

    /** What the program of an earlier level spoiled is open for as long as its bound isn't reached, even where what is aimed at meets the bound. */
    static boolean isNarrow(Order order, int level, long value, long aim, long bound) {
        int most = level == order.nothingLevel() ? NARROW_FIRST : NARROW;
        return bound < value && (aim - bound) * 100 <= most * aim;
    }

    private boolean[][] everything() {
        boolean[][] open = new boolean[problem.pupils][];
        for (int p = 0; p < problem.pupils; p++) {
            open[p] = new boolean[problem.options[p].length];
            Arrays.fill(open[p], true);
        }
        return open;
    }

    /** @param bound no result within the program has less; 0 where the solver gave up */
    private record Attempt(Seating best, long bound) {}

    private Attempt attempt(int level, Seating best, boolean[][] open) {
        try (Model model = new Model(options.solver().name(), open)) {
            model.holdEarlierLevels(level, best.levels());
            model.minimise(level);
            if (options.solver() == Options.Solver.SCIP) {
                model.startFrom(best); // HiGHS's bridge crashes on a starting point
            }
            Seating found = model.solve();
            Seating better = found != null && Seating.compare(found.levels(), best.levels()) < 0 ? found : best;
            return new Attempt(better, Math.min(model.bound(), better.levels()[level]));
        }
    }

    /** Later levels keep this one's value: places that can't are shut for good. What is held stays open, come what may of rounding. */
    private void shut(Seating best, long value, double[][] least, boolean[][] open) {
        for (int p = 0; p < problem.pupils; p++) {
            for (int i = 0; i < least[p].length; i++) {
                open[p][i] &= least[p][i] <= value || best.holds(p, problem.options[p][i].section());
            }
        }
    }

    /** One integer program; the native side is freed on close. */
    private final class Model implements AutoCloseable {
        private final MPSolver solver;
        private final List<MPVariable> hinted = new ArrayList<>();
        private final MPVariable[][] takes = new MPVariable[problem.pupils][];
        private final @Nullable MPVariable[] runs = new MPVariable[problem.sections];
        private final @Nullable MPVariable[] nothing = new MPVariable[problem.pupils];
        private boolean hasBound;

        Model(String solverName, boolean[][] open) {
            MPSolver made = MPSolver.createSolver(solverName);
            if (made == null) {
                throw new IllegalStateException("this build of OR-Tools has no " + solverName);
            }
            solver = made;
            for (int p = 0; p < problem.pupils; p++) {
                pupil(p, open[p]);
            }
            sections();
        }

        private void pupil(int p, boolean[] open) {
            Option[] own = problem.options[p];
            takes[p] = new MPVariable[own.length];
            for (int i = 0; i < own.length; i++) {
                takes[p][i] = open[i] ? variable() : solver.makeNumVar(0, 0, "");
            }
            if (problem.shielded[p] && own.length > 0) {
                MPVariable none = solver.makeNumVar(0, 1, "");
                hinted.add(none);
                nothing[p] = none;
                MPConstraint some = solver.makeConstraint(1, MPSolver.infinity());
                some.setCoefficient(none, 1);
                for (MPVariable take : takes[p]) {
                    some.setCoefficient(take, 1);
                }
            }
            atMostOnePerSlotAndActivity(p, own);
            int units = Arrays.stream(own).mapToInt(Option::units).sum();
            if (units > problem.demand[p]) {
                MPConstraint demand = solver.makeConstraint(0, problem.demand[p]);
                for (int i = 0; i < own.length; i++) {
                    demand.setCoefficient(takes[p][i], own[i].units());
                }
            }
            if (own.length > problem.limit[p]) {
                MPConstraint limit = solver.makeConstraint(0, problem.limit[p]);
                for (MPVariable take : takes[p]) {
                    limit.setCoefficient(take, 1);
                }
            }
        }

        private MPVariable variable() {
            MPVariable variable = solver.makeBoolVar("");
            hinted.add(variable);
            return variable;
        }

        private void atMostOnePerSlotAndActivity(int p, Option[] own) {
            Map<Integer, List<Integer>> cliques = new java.util.TreeMap<>();
            for (int i = 0; i < own.length; i++) {
                for (int slot : problem.slotsOf[own[i].section()]) {
                    cliques.computeIfAbsent(slot, k -> new ArrayList<>()).add(i);
                }
                int activity = problem.slotCount + problem.activityOf[own[i].section()];
                cliques.computeIfAbsent(activity, k -> new ArrayList<>()).add(i);
            }
            List<List<Integer>> all = List.copyOf(cliques.values());
            for (int c = 0; c < all.size(); c++) {
                List<Integer> clique = all.get(c);
                if (clique.size() > 1 && !covered(all, c)) {
                    MPConstraint one = solver.makeConstraint(0, 1);
                    clique.forEach(i -> one.setCoefficient(takes[p][i], 1));
                }
            }
        }

        private static boolean covered(List<List<Integer>> all, int c) {
            for (int other = 0; other < all.size(); other++) {
                boolean larger = all.get(other).size() > all.get(c).size()
                        || (all.get(other).size() == all.get(c).size() && other < c);
                if (other != c && larger && all.get(other).containsAll(all.get(c))) {
                    return true;
                }
            }
            return false;
        }

        private void sections() {
            List<List<MPVariable>> takers = new ArrayList<>();
            for (int s = 0; s < problem.sections; s++) {
                takers.add(new ArrayList<>());
            }
            Map<Integer, List<MPVariable>> groups = new HashMap<>();
            for (int p = 0; p < problem.pupils; p++) {
                for (int i = 0; i < takes[p].length; i++) {
                    Option option = problem.options[p][i];
                    takers.get(option.section()).add(takes[p][i]);
                    if (option.group() >= 0) {
                        groups.computeIfAbsent(option.group(), g -> new ArrayList<>()).add(takes[p][i]);
                    }
                }
            }
            for (int s = 0; s < problem.sections; s++) {
                section(s, takers.get(s));
            }
            for (int g = 0; g < problem.groupSeats.length; g++) {
                List<MPVariable> members = groups.getOrDefault(g, List.of());
                if (members.size() > problem.groupSeats[g]) {
                    MPConstraint seats = solver.makeConstraint(0, problem.groupSeats[g]);
                    members.forEach(take -> seats.setCoefficient(take, 1));
                }
            }
        }

        private void section(int s, List<MPVariable> takers) {
            if (takers.isEmpty()) {
                return;
            }
            int most = Math.min(problem.seats[s], takers.size());
            if (problem.minimum[s] <= 1) {
                if (takers.size() > most) {
                    MPConstraint seats = solver.makeConstraint(0, most);
                    takers.forEach(take -> seats.setCoefficient(take, 1));
                }
                return;
            }
            MPVariable run = variable();
            runs[s] = run;
            MPConstraint capacity = solver.makeConstraint(-MPSolver.infinity(), 0);
            MPConstraint minimum = solver.makeConstraint(0, MPSolver.infinity());
            for (MPVariable take : takers) {
                capacity.setCoefficient(take, 1);
                minimum.setCoefficient(take, 1);
            }
            capacity.setCoefficient(run, -most);
            minimum.setCoefficient(run, -problem.minimum[s]);
        }

        void holdEarlierLevels(int level, long[] values) {
            for (int earlier = 0; earlier < level; earlier++) {
                if (earlier == problem.nobody && values[earlier] == hopeless()) {
                    for (MPVariable none : nothing) {
                        if (none != null) {
                            none.setUb(0);
                        }
                    }
                    continue;
                }
                double[] constant = {0};
                MPConstraint hold = solver.makeConstraint(-MPSolver.infinity(), 0);
                terms(earlier, hold::setCoefficient, constant);
                hold.setUb(values[earlier] - constant[0]);
            }
        }

        /** Pupils who listed nothing they could ever get. */
        private long hopeless() {
            long count = 0;
            for (int p = 0; p < problem.pupils; p++) {
                count += problem.shielded[p] && problem.options[p].length == 0 ? 1 : 0;
            }
            return count;
        }

        void minimise(int level) {
            MPObjective objective = solver.objective();
            double[] constant = {0};
            terms(level, objective::setCoefficient, constant);
            objective.setOffset(constant[0]);
            objective.setMinimization();
        }

        private interface Term {
            void add(MPVariable variable, double coefficient);
        }

        private void terms(int level, Term term, double[] constant) {
            boolean nobody = level == problem.nobody;
            for (int p = 0; p < problem.pupils; p++) {
                MPVariable none = nothing[p];
                boolean hopeless = problem.shielded[p] && none == null;
                if (nobody) {
                    constant[0] += hopeless ? 1 : 0;
                    if (none != null) {
                        term.add(none, 1);
                    }
                } else if (problem.level[p] == level) {
                    constant[0] += problem.base[p] + (hopeless ? Points.NOTHING : 0);
                    if (none != null) {
                        term.add(none, Points.NOTHING);
                    }
                    for (int i = 0; i < takes[p].length; i++) {
                        term.add(takes[p][i], -problem.options[p][i].gain());
                    }
                }
            }
        }

        void startFrom(Seating seating) {
            Map<MPVariable, Double> values = new HashMap<>();
            for (int p = 0; p < problem.pupils; p++) {
                for (Option option : seating.held[p]) {
                    values.put(takes[p][option.index()], 1.0);
                }
                if (nothing[p] != null && seating.held[p].length == 0) {
                    values.put(nothing[p], 1.0);
                }
            }
            for (int s = 0; s < problem.sections; s++) {
                if (runs[s] != null && seating.load[s] > 0) {
                    values.put(runs[s], 1.0);
                }
            }
            double[] hint = new double[hinted.size()];
            for (int i = 0; i < hint.length; i++) {
                hint[i] = values.getOrDefault(hinted.get(i), 0.0);
            }
            solver.setHint(hinted.toArray(MPVariable[]::new), hint);
        }

        /** A legal seating, or null where none was found that survives exact arithmetic. */
        @Nullable Seating solve() {
            solver.setSolverSpecificParametersAsString(settings());
            MPSolverParameters parameters = new MPSolverParameters();
            parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, 0);
            MPSolver.ResultStatus status = solver.solve(parameters);
            parameters.delete();
            boolean optimal = status == MPSolver.ResultStatus.OPTIMAL;
            boolean unfinished = status == MPSolver.ResultStatus.FEASIBLE && options.solver() == Options.Solver.SCIP;
            hasBound = optimal || unfinished;
            if (!hasBound) {
                return null;
            }
            Seating seating = new Seating(problem);
            for (int p = 0; p < problem.pupils; p++) {
                List<Option> held = new ArrayList<>();
                for (int i = 0; i < takes[p].length; i++) {
                    if (takes[p][i].solutionValue() > 0.5) {
                        held.add(problem.options[p][i]);
                    }
                }
                seating.give(p, held.toArray(Option[]::new));
            }
            seating.closeEmpty();
            return seating.sizesAreLegal() ? seating : null;
        }

        /** Values are whole numbers, so a gap under one is none. HiGHS's bridge takes no other way to say so. */
        private String settings() {
            return switch (options.solver()) {
                case SCIP -> "limits/nodes = " + options.nodes() + "\nlimits/absgap = 0.99\n";
                case HIGHS -> "mip_max_nodes=" + options.nodes()
                        + ",mip_rel_gap=0,mip_abs_gap=0.99,threads=1,parallel=off";
                case NONE -> "";
            };
        }

        long bound() {
            if (!hasBound) {
                return 0;
            }
            double bound = solver.objective().bestBound();
            return Double.isFinite(bound) && bound > 0 ? (long) Math.ceil(bound - 1e-6) : 0;
        }

        /** Lower bound of a model without whole-number conditions; 0 where the simplex method gave up. */
        long relaxedBound() {
            if (solver.solve() != MPSolver.ResultStatus.OPTIMAL) {
                return 0;
            }
            double value = solver.objective().value();
            return Math.max(0, (long) Math.ceil(value - 1e-6 * Math.max(1, Math.abs(value))));
        }

        @Override
        public void close() {
            solver.delete();
        }
    }
}
