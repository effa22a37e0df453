/** Publishing the plan: what is wrong first, then the menu that everybody may read. */
@NullMarked
package afterbell.term.programme.publishing;

import org.jspecify.annotations.NullMarked;
