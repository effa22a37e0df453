package afterbell.day.safety.incidents;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Typed;
import afterbell.day.safety.Incident;
import afterbell.day.safety.Plan;
import afterbell.reach.messaging.Notices;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param leads ticks steps, tells guardians and closes
 * @param head hash of the newest entry
 * @param at which form was refused: note, told, child, closing, or empty
 */
public record IncidentPage(
        Incident incident,
        Plan plan,
        boolean leads,
        List<StepRow> steps,
        List<RoomRow> rooms,
        List<ChildRow> children,
        List<ToldRow> told,
        List<StoryRow> story,
        String head,
        List<Found> found,
        String at,
        Typed typed,
        List<? extends Refusal> refusals) {

    /** @param done null while it isn't @param late the minute of the plan is over */
    public record StepRow(int number, Plan.Step step, @Nullable Instant done, String by, boolean late) {}

    /** @param found children counted, null for not yet */
    public record RoomRow(UUID id, String name, boolean used, int expected, @Nullable Integer found, @Nullable Instant at, String by) {}

    public record ChildRow(UUID id, String name, String schoolClass) {}

    public record ToldRow(Instant at, String by, String whom, Notices.Reach reach) {}

    public record StoryRow(Instant at, String what, String by, String note, @Nullable UUID photo) {}

    /** A child found by searching. */
    public record Found(UUID id, String name, String schoolClass) {}

    public String href(String act) {
        return "/incidents/" + incident.id() + act;
    }

    /** Children who should be in the school's rooms now. */
    public int expected() {
        return rooms.stream().mapToInt(RoomRow::expected).sum();
    }

    public List<RoomRow> used() {
        return rooms.stream().filter(r -> r.used() || r.expected() > 0 || r.found() != null).toList();
    }

    public List<RoomRow> others() {
        return rooms.stream().filter(r -> !r.used() && r.expected() == 0 && r.found() == null).toList();
    }

    public List<? extends Refusal> refusals(String form) {
        return at.equals(form) ? refusals : List.of();
    }
}
