/** The outbox: takes due deliveries in hand, hands them over by mail, short message or webhook, and writes down how it went. */
@NullMarked
package afterbell.reach.messaging.sending;

import org.jspecify.annotations.NullMarked;
