/** A person's own afternoon: class at the bell, sessions, each with what is to be done about it. */
@NullMarked
package afterbell.day.custody.today;

import org.jspecify.annotations.NullMarked;
