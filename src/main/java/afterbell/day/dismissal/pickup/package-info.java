/** What a guardian arranges about today's way home: somebody else comes, with a code. */
@NullMarked
package afterbell.day.dismissal.pickup;

import org.jspecify.annotations.NullMarked;
