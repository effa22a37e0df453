/** Outside institutions and volunteers: how they were chosen, whom they send, whether their checks hold (R12, R72). */
@NullMarked
package afterbell.term.staffing.providers;

import org.jspecify.annotations.NullMarked;
