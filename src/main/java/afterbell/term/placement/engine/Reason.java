package afterbell.term.placement.engine;

import java.util.Locale;

/** Why a child did not get a section it preferred; the first that applies, in this order. */
public enum Reason {
    NOT_ELIGIBLE,
    NOT_RUN,
    CLASH,
    ORDER,
    LOTTERY,
    BAND,
    SIBLING,
    CONTINUITY,
    EXCHANGE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
