package afterbell.term.placement.engine;

import java.util.List;

/** What a run ends in: the rows of result.csv and closed.csv in their order, and the certificate. */
public record Outcome(List<Seat> result, List<Closing> closings, Certificate certificate) {
    public Outcome {
        result = List.copyOf(result);
        closings = List.copyOf(closings);
    }
}
