/** The line of a session: who leaves with it, who stays, and how far it is. */
@NullMarked
package afterbell.day.dismissal.lines;

import org.jspecify.annotations.NullMarked;
