package afterbell.day.duty;

import afterbell.base.shared.Ids;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which post of a day.
 *
 * @param ref null for leader and late room alone
 */
public record PostKey(PostKind kind, @Nullable UUID ref) {
    public static final PostKey LEADER = new PostKey(PostKind.LEADER, null);
    public static final PostKey LATE = new PostKey(PostKind.LATE, null);

    public PostKey {
        if (kind.single() != (ref == null)) throw new IllegalArgumentException("a reference too many or too few: " + kind);
    }

    /** The n-th administrator of a day, from 1. */
    public static PostKey admin(int n) {
        return new PostKey(PostKind.ADMIN, new UUID(0, n));
    }

    /** Which administrator of the day; 0 for other kinds. */
    public int number() {
        return kind == PostKind.ADMIN && ref != null ? (int) ref.getLeastSignificantBits() : 0;
    }

    /** As it stands in an address: {@code leader} or {@code gate.ID}. */
    public String text() {
        return ref == null ? kind.code() : kind.code() + "." + ref;
    }

    public static Optional<PostKey> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) return PostKind.of(text).filter(PostKind::single).map(k -> new PostKey(k, null));
        return PostKind.of(text.substring(0, dot)).filter(k -> !k.single()).flatMap(k -> Ids.parse(text.substring(dot + 1)).map(ref -> new PostKey(k, ref)));
    }
}
