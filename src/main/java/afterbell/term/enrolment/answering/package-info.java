/** A class teacher sees who has answered, reminds without names, and types what came on paper or by telephone. */
@NullMarked
package afterbell.term.enrolment.answering;

import org.jspecify.annotations.NullMarked;
