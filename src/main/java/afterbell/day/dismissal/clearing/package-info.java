/** Whether the school is clear: who is still here and why, and the proof once nobody is. */
@NullMarked
package afterbell.day.dismissal.clearing;

import org.jspecify.annotations.NullMarked;
