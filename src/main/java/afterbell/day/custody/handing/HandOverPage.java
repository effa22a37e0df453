package afterbell.day.custody.handing;

import afterbell.base.shared.Refusal;
import afterbell.day.custody.ChildStanding.State;
import afterbell.day.custody.Underway;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A class at the bell.
 *
 * @param groups who waits to be handed over, by where they go
 * @param done how many somebody of the service has already
 * @param home how many go home with the bell
 * @param away who is expected nowhere today, and why
 * @param custodian who answers for the class at the bell
 * @param underway handed over, and counted by nobody in the walking time: the sender answers
 * @param notes names of children with a note that this person may open now
 */
public record HandOverPage(
        UUID schoolClass,
        String name,
        LocalDate day,
        Instant bell,
        boolean service,
        List<Group> groups,
        int done,
        int home,
        List<Child> away,
        String custodian,
        List<Underway> underway,
        Map<UUID, String> notes,
        List<? extends Refusal> refusals) {

    /**
     * @param same the same person goes on with them: handing over is the roll
     * @param stays they stay in their room and somebody else comes: that one's roll is the hand-over
     */
    public record Group(String to, String room, String who, boolean same, boolean ownClass, boolean stays, List<Child> children) {}

    public record Child(UUID id, String name, State state, boolean absent) {}

    public long expected() {
        return groups.stream().mapToLong(g -> g.children().size()).sum();
    }

    public long absent() {
        return groups.stream().flatMap(g -> g.children().stream()).filter(Child::absent).count();
    }

    /** Everybody waits for one and the same person who has them already. */
    public boolean oneScreen() {
        return !groups.isEmpty() && groups.stream().allMatch(Group::same);
    }

    /** Nobody of the class leaves its room, and somebody else comes in. @return who, or empty */
    public String comes() {
        return !groups.isEmpty() && groups.stream().allMatch(g -> g.stays() && !g.same() && !g.who().isEmpty()) ? groups.getFirst().who() : "";
    }

    public String href() {
        return "/classes/" + schoolClass + "/hand-over";
    }
}
