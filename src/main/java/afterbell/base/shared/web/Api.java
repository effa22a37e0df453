package afterbell.base.shared.web;

import afterbell.base.shared.Outcome;
import afterbell.base.shared.Refusal;
import java.util.List;

/** What every handler under {@code /api/v1} shares; the conventions stand in docs/how/api.md. */
public final class Api {
    /** Header with the UUID under which a command is done once (law 6): {@code @RequestHeader(Api.KEY) UUID key}. */
    public static final String KEY = "Idempotency-Key";

    private Api() {}

    /** The value of a use case's outcome. A refusal ends the request: 422 with one reason per thing that is wrong, in the words of the pages. */
    public static <T> T take(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Refused<T>(List<Refusal> refusals) -> throw new Refused(refusals);
        };
    }

    /** Refuses outright, where no use case has been asked yet. */
    public static Refused refusal(Refusal... refusals) {
        return new Refused(List.of(refusals));
    }

    /** Carries refusals from a handler to the one place that writes problems. Thrown at the border alone: use cases return theirs. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<Refusal> refusals;

        private Refused(List<Refusal> refusals) {
            super("refused", null, false, false);
            this.refusals = refusals;
        }

        List<Refusal> refusals() {
            return refusals;
        }
    }
}
