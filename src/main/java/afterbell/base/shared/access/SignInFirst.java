package afterbell.base.shared.access;

/** Nobody is signed in, and the page needs somebody: pages lead to sign-in and back, the API answers 401. */
public final class SignInFirst extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SignInFirst() {
        super("sign in first", null, false, false);
    }
}
