package afterbell.base.shared;

/** The thing is not there, or not yours: both are the same 404, so that nobody learns which (law 4). */
public final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotFound() {
        super("not found in this scope", null, false, false);
    }
}
