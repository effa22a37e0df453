package afterbell.base.shared.web;

import afterbell.base.shared.access.Role;
import afterbell.base.shared.access.Wearer;
import java.util.List;
import java.util.Set;

/** A room's places in the menu. Each room that has pages for a role implements one. */
public interface NavSource {

    /**
     * @param href where it leads
     * @param labelKey message key
     * @param icon name of an icon of the set
     * @param order small first
     * @param roles who sees it
     */
    record Item(String href, String labelKey, String icon, int order, Set<Role> roles) {}

    List<Item> items();

    /** Whether this room's places show to somebody who has the role; asked for each page, so it must answer from memory. */
    default boolean shows(Wearer wearer) {
        return true;
    }
}
