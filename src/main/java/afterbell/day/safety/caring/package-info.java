/** The care log: what each day was like, class by class, and what could not wait (R89, R90). */
@NullMarked
package afterbell.day.safety.caring;

import org.jspecify.annotations.NullMarked;
