package afterbell.day.safety;

import java.util.List;

/**
 * An emergency plan.
 *
 * @param headcount whether the school is counted room by room
 * @param title of what families are told, with its text
 * @param version 0 as shipped, else the school's own
 */
public record Plan(String key, Said name, boolean headcount, List<Call> calls, List<Step> steps, Said title, Said text, int version) {
    public Plan {
        calls = List.copyOf(calls);
        steps = List.copyOf(steps);
    }

    /** Whom to telephone. */
    public record Call(Said name, String number) {}

    /** @param minute by when after the start, 0-1440 */
    public record Step(int minute, Said who, Said what) {}
}
