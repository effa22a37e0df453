package afterbell.money.billing.pay;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is paid. Sessions are paid by the period, turns by the time; each has a rate of its own (R123). */
public enum Work {
    CLUB,
    OWN_CLASS,
    CLASS,
    LATE,
    LEADER,
    ADMIN,
    GATE,
    PATROL;

    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether minutes count; a turn counts once, however long. */
    public boolean byPeriod() {
        return this == CLUB || this == OWN_CLASS;
    }

    static Optional<Work> of(String code) {
        return Arrays.stream(values()).filter(w -> w.code().equals(code)).findFirst();
    }
}
