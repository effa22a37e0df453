/** Shows the photographs that belong to entries. */
@NullMarked
package afterbell.day.safety.photos;

import org.jspecify.annotations.NullMarked;
