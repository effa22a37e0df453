/** A person's own messages inside the application, and the number of unread ones in the header. */
@NullMarked
package afterbell.reach.messaging.reading;

import org.jspecify.annotations.NullMarked;
