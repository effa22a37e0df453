/** Who the caller of {@code /api/v1} is. */
@NullMarked
package afterbell.desk.desk.api;

import org.jspecify.annotations.NullMarked;
