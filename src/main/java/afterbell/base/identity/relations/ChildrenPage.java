package afterbell.base.identity.relations;

import java.util.List;
import java.util.UUID;

/** Which child it is about. */
public record ChildrenPage(List<Child> children) {
    public record Child(UUID id, String name, String className) {}
}
