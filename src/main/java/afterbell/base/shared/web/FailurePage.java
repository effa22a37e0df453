package afterbell.base.shared.web;

/**
 * The page for what did not work.
 *
 * @param status HTTP status: 401, 403, 404, 413, 500, 503, …, or 419 for a form whose token has expired; the words are {@code shared.failure.STATUS}
 * @param incident id to quote to the office, or empty
 */
public record FailurePage(int status, String incident) {
    /** The status whose words exist: others speak as 400 or 500. */
    public int words() {
        return switch (status) {
            case 401, 403, 404, 405, 413, 419, 422, 429, 503 -> status;
            default -> status < 500 ? 400 : 500;
        };
    }
}
