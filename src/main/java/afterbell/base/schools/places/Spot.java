package afterbell.base.schools.places;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Places that have a name and nothing else. */
public enum Spot {
    CAMPUSES("campus"),
    GATES("gate"),
    AREAS("area");

    private final String table;

    Spot(String table) {
        this.table = table;
    }

    /** Name of the table, and of its id column without {@code _id}. */
    String table() {
        return table;
    }

    /** As it stands in addresses and message keys. */
    public String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Spot> of(String path) {
        return Arrays.stream(values()).filter(s -> s.path().equals(path)).findFirst();
    }
}
