package afterbell.base.shared.web;

/** Too many tries in a short time: 429 with the seconds to wait. */
public final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final long seconds;

    public TooMany(long seconds) {
        super("too many tries", null, false, false);
        this.seconds = seconds;
    }

    public long seconds() {
        return seconds;
    }
}
