/** Shows a school which rules hold today and why, and lets it set its own within them. */
@NullMarked
package afterbell.base.rules.today;

import org.jspecify.annotations.NullMarked;
