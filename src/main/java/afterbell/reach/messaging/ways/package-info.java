/** How a person wants to hear of notices besides the application: mail and short message, confirmed before use. */
@NullMarked
package afterbell.reach.messaging.ways;

import org.jspecify.annotations.NullMarked;
