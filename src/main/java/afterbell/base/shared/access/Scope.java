package afterbell.base.shared.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction may see; set locally in PostgreSQL at its begin, where the policies read it.
 *
 * @param account the acting person, null for a job or a visitor
 * @param schools staff: the one school; family: the schools of the children; public: the one school shown; bureau and account: none
 * @param children the caller's children, family only
 * @param bureau the node of the bureau tree, bureau only
 */
public record Scope(Hat hat, @Nullable UUID account, List<UUID> schools, List<UUID> children, @Nullable UUID bureau) {

    public static final Scope DOOR = new Scope(Hat.DOOR, null, List.of(), List.of(), null);

    public Scope {
        schools = List.copyOf(schools);
        children = List.copyOf(children);
    }

    /** Staff of one school, or a job that works for one school (account null). */
    public static Scope school(UUID school, @Nullable UUID account) {
        return new Scope(Hat.STAFF, account, List.of(school), List.of(), null);
    }

    public static Scope family(UUID account, List<UUID> schools, List<UUID> children) {
        return new Scope(Hat.FAMILY, account, schools, children, null);
    }

    public static Scope publicly(UUID school) {
        return new Scope(Hat.PUBLIC, null, List.of(school), List.of(), null);
    }

    public static Scope account(UUID account) {
        return new Scope(Hat.ACCOUNT, account, List.of(), List.of(), null);
    }

    public static Scope bureau(UUID node, UUID account) {
        return new Scope(Hat.BUREAU, account, List.of(), List.of(), node);
    }
}
