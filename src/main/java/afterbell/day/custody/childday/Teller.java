package afterbell.day.custody.childday;

import java.util.Set;
import java.util.UUID;

/**
 * Who speaks, and as what today's duty roster knows him.
 *
 * @param account the person's, or the gate device's
 */
public record Teller(UUID account, Set<Duty> duties) {

    /** What a person may be today towards this child. */
    public enum Duty {
        GUARDIAN,
        CLASS_TEACHER,
        SERVICE_TEACHER,
        GATE,
        OFFICE,
        DUTY_LEADER,
        DEVICE
    }

    public Teller {
        duties = Set.copyOf(duties);
    }

    boolean any(Duty... wanted) {
        for (Duty duty : wanted) if (duties.contains(duty)) return true;
        return false;
    }
}
