/** The talent register: who can teach what to which grades, and when (R71). */
@NullMarked
package afterbell.term.staffing.people;

import org.jspecify.annotations.NullMarked;
