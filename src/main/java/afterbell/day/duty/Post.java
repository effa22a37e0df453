package afterbell.day.duty;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A post of a day and who answers for it.
 *
 * @param staff null where it is open
 * @param account of that person; null also where the person has none
 * @param source why this person: {@code rotation, hand, substitute, swap} where it was written, {@code timetable, class, standing} where it follows; null where open
 * @param room where it is, as far as it is one room
 * @param starts of a session; null where the post lasts as long as the service of the day
 */
public record Post(
        LocalDate day,
        PostKey key,
        @Nullable UUID staff,
        @Nullable UUID account,
        @Nullable String source,
        @Nullable UUID room,
        @Nullable LocalTime starts,
        @Nullable LocalTime ends) {

    public boolean open() {
        return staff == null;
    }
}
