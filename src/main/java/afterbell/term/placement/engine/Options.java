package afterbell.term.placement.engine;

/**
 * How much work a run may do. Limits are nodes, never seconds: a clock would make the result depend on the machine.
 *
 * @param preview stages A and B with the exchanges, without a proof
 * @param nodes most nodes of the search tree per level
 */
public record Options(boolean preview, Solver solver, long nodes) {
    /** Which exact solver proves the levels. */
    public enum Solver {
        SCIP,
        HIGHS,
        /** Pure Java: stage B and the exchanges, and a bound from the flow relaxation. */
        NONE
    }

    public static final Options STANDARD = new Options(false, Solver.SCIP, 20_000);
    public static final Options PREVIEW = new Options(true, Solver.NONE, 0);
}
