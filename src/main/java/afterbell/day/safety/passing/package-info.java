/** Leave passes at the gate: one child, one green or red screen (R92). */
@NullMarked
package afterbell.day.safety.passing;

import org.jspecify.annotations.NullMarked;
