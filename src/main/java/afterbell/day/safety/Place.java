package afterbell.day.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Something that is walked: an area of the grounds or a room. */
public record Place(Kind kind, UUID id, String name) {
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
