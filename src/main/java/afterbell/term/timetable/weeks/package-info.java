/** Weeks on screen, on paper and as one picture. */
@NullMarked
package afterbell.term.timetable.weeks;

import org.jspecify.annotations.NullMarked;
