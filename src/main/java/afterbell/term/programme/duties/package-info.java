/** Who stands with each class: by weekday and slot, with classes merged where few stay. */
@NullMarked
package afterbell.term.programme.duties;

import org.jspecify.annotations.NullMarked;
