package afterbell.day.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is walked: an area of the grounds or a room.
 *
 * @param responsible staff member who answers for the area on the day; null for rooms and where nobody is named
 */
public record Place(Kind kind, UUID id, String name, @Nullable UUID responsible) {
    public enum Kind {
        AREA,
        ROOM;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** From an address: areas or rooms. */
        public static Optional<Kind> of(String path) {
            return Arrays.stream(values()).filter(k -> (k.code() + "s").equals(path)).findFirst();
        }
    }

    public String href() {
        return "/patrol/" + kind.code() + "s/" + id;
    }
}
