package afterbell.money.billing.reckoning;

/** What a planned day of a child's service came to; {@code sign} is how it is kept. */
public enum DayMark {
    /** The child took part. */
    ATTENDED('A'),
    /** Not over yet: charged beforehand as if it took part. */
    PLANNED('P'),
    LEAVE('L'),
    /** Held, and the child was not there, without leave. */
    MISSED('M'),
    /** The school did not hold it. */
    UNDELIVERED('U'),
    /** Closed by an authority. */
    CLOSED('C'),
    /** After the child gave up. */
    WITHDRAWN('W');

    private final char sign;

    DayMark(char sign) {
        this.sign = sign;
    }

    public char sign() {
        return sign;
    }

    /** Whether the day took place for others. */
    public boolean held() {
        return switch (this) {
            case ATTENDED, PLANNED, LEAVE, MISSED, WITHDRAWN -> true;
            case UNDELIVERED, CLOSED -> false;
        };
    }

    public static DayMark of(char sign) {
        for (DayMark mark : values()) if (mark.sign == sign) return mark;
        throw new IllegalArgumentException("no such mark: " + sign);
    }
}
