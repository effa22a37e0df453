package afterbell.day.custody;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An act of a device that is not one of {@link Act}: other rooms of the day know what it means. It has happened already.
 *
 * @param at when it happened, corrected by the server
 * @param seen of when the list was that the person went by, corrected likewise; null where the device didn't say
 */
public record DeviceAct(
        String act,
        UUID key,
        Instant at,
        @Nullable Instant seen,
        @Nullable UUID session,
        @Nullable UUID pupil,
        List<UUID> present,
        List<UUID> absent,
        @Nullable UUID adult,
        @Nullable String code) {
    public DeviceAct {
        present = List.copyOf(present);
        absent = List.copyOf(absent);
    }
}
