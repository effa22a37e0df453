package afterbell.day.safety;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One kind of record. */
public enum Book {
    VISIT,
    PASS,
    PATROL,
    CARE,
    HAZARD,
    INCIDENT;

    /** As it stands in the table, in addresses and in message keys. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Book> of(String code) {
        return Arrays.stream(values()).filter(b -> b.code().equals(code)).findFirst();
    }
}
