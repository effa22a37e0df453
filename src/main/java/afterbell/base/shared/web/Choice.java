package afterbell.base.shared.web;

/**
 * One answer to choose from.
 *
 * @param value what the form sends
 * @param label what the person reads
 * @param hint a second line, or empty
 * @param disabled shown, but not to be chosen now
 */
public record Choice(String value, String label, String hint, boolean disabled) {

    public static Choice of(String value, String label) {
        return new Choice(value, label, "", false);
    }

    public static Choice of(String value, String label, String hint) {
        return new Choice(value, label, hint, false);
    }
}
