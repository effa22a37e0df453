/** Measurements that print figures and ratios; run by {@code ./afterbell bench}. */
@NullMarked
package afterbell.app.bench;

import org.jspecify.annotations.NullMarked;
