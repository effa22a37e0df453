/**
 * What a school tells its families and staff: notices inside the application, by mail, short message and signed webhook, and as a pack to paste into
 * the class group. Knows who was reached and who has opened it.
 *
 * <p>Words: notice, audience, way, delivery, outbox, group pack, quiet hours. Invariants: a notice is told once, in one transaction with its cause; a
 * delivery is sent at least once and tried again with growing pauses; texts name no child; nothing pretends to be sent; only the class teacher of a
 * class reads the names of those who have not opened a notice. Events in: none. Events out: {@link NoticeEvent}.
 */
@NullMarked
@ApplicationModule(id = "messaging", allowedDependencies = {"shared", "shared::*", "schools", "audit", "identity", "rules", "calendar", "roster"})
package afterbell.reach.messaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
