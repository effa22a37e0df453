/** The review chain: class teacher, grade, school, arrangement each look at the sheets of a closed round, pass them on or give one back with a reason. */
@NullMarked
package afterbell.term.enrolment.reviewing;

import org.jspecify.annotations.NullMarked;
