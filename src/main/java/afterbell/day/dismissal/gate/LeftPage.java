package afterbell.day.dismissal.gate;

import afterbell.base.shared.Refusal;
import java.util.List;
import java.util.UUID;

/** A child that has left: what was done and how it is taken back. @param state word of the closed list @param taker who took it; empty where nobody did */
public record LeftPage(UUID pupil, String name, String className, String state, String at, String taker, String typed, boolean mine, List<? extends Refusal> refusals) {
    public String href() {
        return "/gate/" + pupil;
    }
}
