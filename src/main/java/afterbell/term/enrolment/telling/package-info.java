/** What families hear of rounds: announced, extended, ending tomorrow, and what the school typed for them. Informs, decides nothing (law 7). */
@NullMarked
package afterbell.term.enrolment.telling;

import org.jspecify.annotations.NullMarked;
