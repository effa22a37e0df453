package afterbell.base.shared.web;

/**
 * A point on a timeline.
 *
 * @param when day or deadline in words
 * @param note who is late, what came of it; or empty
 * @param now whether this is where things stand
 * @param href address of the page to act on, or empty
 * @param action words of the link, or empty
 */
public record Moment(String title, String when, String note, TaskSource.State state, boolean now, String href, String action) {

    public static Moment of(String title, String when, TaskSource.State state) {
        return new Moment(title, when, "", state, false, "", "");
    }
}
