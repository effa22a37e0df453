package afterbell.term.placement.engine;

/** Told how far a run is; from the thread that solves. */
@FunctionalInterface
public interface ProgressListener {
    ProgressListener SILENT = (stage, level, note) -> {};

    /**
     * @param stage A to D, or K for the check
     * @param level from 1, 0 where the stage has none
     */
    void step(String stage, int level, String note);
}
