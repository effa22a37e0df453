/** Children whom nobody has fetched: with whom they wait, when somebody comes, who was called, who has been told (R86). */
@NullMarked
package afterbell.day.dismissal.late;

import org.jspecify.annotations.NullMarked;
