package afterbell.base.shared.access;

/** The person is known, but this needs a second factor: pages lead there and back, the API answers 403. */
public final class SecondFactorFirst extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SecondFactorFirst() {
        super("a second factor first", null, false, false);
    }
}
