package afterbell.base.shared.access;

/** The right scope, but a role that may not do this: 403. */
public final class Forbidden extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Forbidden() {
        super("not for this role", null, false, false);
    }
}
