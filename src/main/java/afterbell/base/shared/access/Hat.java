package afterbell.base.shared.access;

/**
 * What one request wears. A person may own several hats; a request never adds them up (law 4).
 *
 * <p>{@code PUBLIC}: nobody signed in, one school's open pages. {@code FAMILY}: the caller's children. {@code STAFF}: one school. {@code BUREAU}:
 * roll-ups below one bureau. {@code ACCOUNT}: a signed-in person's own account and nothing of any school. {@code DOOR}: sign-in itself, before
 * anybody is known.
 */
public enum Hat {
    PUBLIC,
    FAMILY,
    STAFF,
    BUREAU,
    ACCOUNT,
    DOOR
}
