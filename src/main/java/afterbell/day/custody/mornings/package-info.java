/** The morning of a class: who is not at school, and leave that somebody told by chat, phone or note. */
@NullMarked
package afterbell.day.custody.mornings;

import org.jspecify.annotations.NullMarked;
