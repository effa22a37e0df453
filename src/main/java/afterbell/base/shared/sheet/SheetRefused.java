package afterbell.base.shared.sheet;

/** The whole file can't be used. Expected: the problem goes to the person as it stands; nothing was changed. */
public final class SheetRefused extends Exception {
    private final SheetProblem problem;

    SheetRefused(SheetProblem problem) {
        super(problem.key(), null, false, false);
        this.problem = problem;
    }

    SheetRefused(String key, Object... facts) {
        this(SheetProblem.of(key, facts));
    }

    public SheetProblem problem() {
        return problem;
    }
}
