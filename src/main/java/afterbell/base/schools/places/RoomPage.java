package afterbell.base.schools.places;

import afterbell.base.shared.Refusal;
import afterbell.base.shared.web.Choice;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param id null for a new room */
public record RoomPage(@Nullable UUID id, RoomForm form, List<Choice> campuses, List<? extends Refusal> refusals) {
    public List<String> kinds() {
        return RoomForm.KINDS;
    }
}
