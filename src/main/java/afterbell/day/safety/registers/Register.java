package afterbell.day.safety.registers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One register, with its columns in their order. */
public enum Register {
    VISITS("time", "name", "people", "purpose", "host", "how", "left"),
    PASSES("time", "child", "class", "state", "by"),
    PATROL("time", "place", "rating", "note", "contact", "settled", "by"),
    CARE("time", "class", "note", "urgent", "by"),
    HAZARDS("day", "what", "list", "responsible", "due", "mended", "closed"),
    ROUNDS("day", "list", "points", "faults", "by"),
    INCIDENTS("time", "plan", "by", "steps", "counted", "told", "hurt", "closed", "findings"),
    DRILLS("time", "plan", "by", "steps", "counted", "closed", "findings");

    private final List<String> columns;

    Register(String... columns) {
        this.columns = List.of(columns);
    }

    public List<String> columns() {
        return columns;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Register> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }
}
