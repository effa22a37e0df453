/** Cards at gates: their devices, what they read, whose cards they are. Evidence beside the teacher's roll, never custody. */
@NullMarked
package afterbell.day.custody.swipes;

import org.jspecify.annotations.NullMarked;
