package afterbell.base.shared.access;

/** The short name of a hat in the cookie that remembers which one is worn: {@code family}, {@code school:ID}, {@code bureau:ID}. No right follows from it. */
public final class HatName {
    public static final String COOKIE = "ab_hat";

    private HatName() {}

    public static String of(Wearer hat) {
        return switch (hat.hat()) {
            case FAMILY -> "family";
            case STAFF -> "school:" + hat.school();
            case BUREAU -> "bureau:" + hat.grants().getFirst().bureau();
            case ACCOUNT, PUBLIC, DOOR -> "";
        };
    }
}
