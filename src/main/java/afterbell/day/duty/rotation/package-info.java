/** Whose turn it is: pure, without Spring or a database. The same input and seed give the same roster everywhere. */
@NullMarked
package afterbell.day.duty.rotation;

import org.jspecify.annotations.NullMarked;
