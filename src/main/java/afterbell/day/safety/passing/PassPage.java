package afterbell.day.safety.passing;

import afterbell.base.shared.Refusal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param outAt when the gate let the child out today, null for not */
public record PassPage(Pass pass, boolean green, @Nullable Instant outAt, List<? extends Refusal> refusals) {
    public String why() {
        return pass.gone() ? "gone" : green ? pass.state() : pass.state().equals("unknown") || pass.state().equals("not_expected") || pass.state().equals("not_at_school") ? pass.state() : "expected";
    }
}
