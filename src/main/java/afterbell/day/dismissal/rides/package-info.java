/** Buses and dormitories: a list, one tap for all on it, taps for those who stay; and what the office arranges about ways home. */
@NullMarked
package afterbell.day.dismissal.rides;

import org.jspecify.annotations.NullMarked;
