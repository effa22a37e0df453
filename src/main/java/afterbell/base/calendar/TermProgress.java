package afterbell.base.calendar;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a later room knows of a term's preparation (R29): how far its tasks are and who is late. The term's page asks every room; one statement each, under the
 * reader's own scope.
 */
public interface TermProgress {

    /** Only tasks of which the room knows something. */
    Map<Preparation.Task, Step> progress(UUID school, Term term);

    /**
     * How far one task is.
     *
     * @param done parts that are finished
     * @param total all parts, at least 1
     * @param missing whose parts are open, as people call them (classes, bands), each with how many where that says more; at most {@link #NAMED}
     * @param more how many are open beside those named
     * @param href where the office acts, or empty
     */
    record Step(int done, int total, List<String> missing, int more, String href) {
        public static final int NAMED = 6;

        public Step {
            missing = List.copyOf(missing);
        }

        /** A task that is done or not. */
        public static Step of(boolean done, String href) {
            return new Step(done ? 1 : 0, 1, List.of(), 0, href);
        }

        /** A task of many parts; the first of the open ones are named. */
        public static Step of(int done, int total, List<String> open, String href) {
            return new Step(done, Math.max(1, total), open.stream().limit(NAMED).toList(), Math.max(0, open.size() - NAMED), href);
        }

        public boolean finished() {
            return done >= total;
        }
    }
}
