/** An outside instructor's one-time link: made by the school on the day, opened on one device, dead with the session; it proposes the roll. */
@NullMarked
package afterbell.day.custody.instructing;

import org.jspecify.annotations.NullMarked;
