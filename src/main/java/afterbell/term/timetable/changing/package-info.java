/** One day's sessions: the office moves one, drops one, or takes that back; the families and teachers concerned are told. */
@NullMarked
package afterbell.term.timetable.changing;

import org.jspecify.annotations.NullMarked;
