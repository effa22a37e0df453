/** The gate's register: who comes, to whom, what for; who is inside; who has left (R91, R93). The host says yes or no. */
@NullMarked
package afterbell.day.safety.visiting;

import org.jspecify.annotations.NullMarked;
