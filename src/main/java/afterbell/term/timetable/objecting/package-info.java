/** The days in which a result may be objected to: the family's one tap, the school's answer, the list of corrections. */
@NullMarked
package afterbell.term.timetable.objecting;

import org.jspecify.annotations.NullMarked;
