/** The picture of a term: its days, its preparation, its service, and what the rules say about its bells. */
@NullMarked
package afterbell.base.calendar.overview;

import org.jspecify.annotations.NullMarked;
