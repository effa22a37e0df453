/** What a family says of a day and sees of it: leave, coming late, where the child stands. */
@NullMarked
package afterbell.day.custody.family;

import org.jspecify.annotations.NullMarked;
