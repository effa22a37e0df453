package afterbell.day.dismissal;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a line is on its way to the mark, as its teacher says it. */
public enum LineStep {
    PACKING,
    WALKING,
    AT_MARK;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LineStep> of(String code) {
        return Stream.of(values()).filter(s -> s.code().equals(code)).findFirst();
    }

    /** What the teacher says next: one tap after another. @param code of what was said last, empty for nothing */
    public static Optional<LineStep> after(String code) {
        return code.isEmpty() ? Optional.of(PACKING) : of(code).filter(s -> s != AT_MARK).map(s -> values()[s.ordinal() + 1]);
    }
}
