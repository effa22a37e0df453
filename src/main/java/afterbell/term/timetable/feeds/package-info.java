/** Calendar feeds behind secret addresses. */
@NullMarked
package afterbell.term.timetable.feeds;

import org.jspecify.annotations.NullMarked;
