package afterbell.day.custody.childday;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A child at one moment: where, who answers, what rings.
 *
 * @param corrected whether an entry of the day was taken back
 */
public record Standing(Whereabouts where, List<Alarm> alarms, boolean corrected) {
    public Standing {
        alarms = List.copyOf(alarms);
    }

    public @Nullable UUID custodian() {
        return where.answering();
    }

    public boolean red() {
        return alarms.stream().anyMatch(alarm -> alarm.kind().red());
    }
}
