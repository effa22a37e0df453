package afterbell.base.shared.web;

import org.jspecify.annotations.Nullable;

/**
 * One face of a thing, with an address of its own.
 *
 * @param count how many stand behind it, or null
 */
public record Tab(String href, String label, @Nullable Long count, boolean here) {

    public static Tab of(String href, String label, boolean here) {
        return new Tab(href, label, null, here);
    }
}
