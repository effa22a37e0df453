/** The last resort: today's rolls on paper, one page a session. */
@NullMarked
package afterbell.day.custody.paper;

import org.jspecify.annotations.NullMarked;
